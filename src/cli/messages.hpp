// `twilio-sms messages ...`, after its flags are read.
#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <twilio_sms/messages.hpp>
#include <twilio_sms/provider_options.hpp>

namespace twilio_sms::cli {

/// What a command does: asks, prints what it gets, and returns what went wrong.
using messages_task = std::function<asio::awaitable<std::optional<failure>>(message_resource messages, bool json)>;

messages_task fetch_task(std::string sid);
messages_task list_task(list_filter filter, std::optional<std::size_t> limit);
messages_task cancel_task(std::string sid);
messages_task redact_task(std::string sid);
messages_task delete_task(std::string sid);
messages_task list_media_task(std::string sid);
messages_task fetch_media_task(std::string sid, std::string media_sid);
messages_task delete_media_task(std::string sid, std::string media_sid);
messages_task feedback_task(std::string sid, feedback_outcome outcome);

/// Does it and returns the exit code.
/// Errors: throws `options_error`, and `campaign::local_failure` when standard output cannot be written.
/// `io` has no other work.
int run_messages(boost::asio::io_context& io, provider_options options, bool json, messages_task const& task);

} // namespace twilio_sms::cli
