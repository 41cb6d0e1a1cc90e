// The truth over HTTP: /__truth and /__truth/messages.
#pragma once
#include "http_server/request.hpp"
#include "http_server/responder.hpp"
#include "simulator/truth.hpp"
#include <functional>
#include <memory>
#include <string>

namespace twilio_sms::detail::sim {

/// True for a path below /__truth.
bool is_truth_path(std::string_view path) noexcept;

/// Answers a request for such a path. `reset` is called for DELETE.
void answer_truth_request(server::request const& r, server::responder to, std::shared_ptr<truth const> all,
                          std::function<void()> const& reset);

} // namespace twilio_sms::detail::sim
