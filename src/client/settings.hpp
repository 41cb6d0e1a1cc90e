// What a dispatcher needs to know of a provider's options, in the form it uses.
#pragma once
#include "core/pool_step.hpp"
#include "core/retry.hpp"
#include "net/proxy_url.hpp"
#include "net/tls_context.hpp"
#include "twilio/request_writer.hpp"
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms {
class observer;
}

namespace twilio_sms::detail {

struct dispatcher_settings {
    std::string host;
    std::uint16_t port = 443;
    std::string server;               ///< for messages: "api.twilio.com:443"
    tls_context tls;                  ///< null: plain HTTP
    std::optional<proxy_route> proxy; ///< of TLS connections; null: they go to `host` directly
    std::shared_ptr<request_writer> request = std::make_shared<request_writer>(request_origin());

    std::chrono::milliseconds connect_timeout{}, response_timeout{}, total_timeout{}, queue_timeout{}, settle_time{};
    connection_limits limits{};
    std::size_t max_connections = 1;
    std::size_t max_opening = 1; ///< connections being opened at once
    retry_policy retry;
    bool ask_about_unknown = false; ///< before an unknown outcome is repeated or reported
    std::shared_ptr<twilio_sms::observer> observer;

    /// Where connections go.
    std::string const& dialled_host() const noexcept { return proxy ? proxy->host : host; }
    std::uint16_t dialled_port() const noexcept { return proxy ? proxy->port : port; }
    std::string_view connect_request() const noexcept { return proxy ? proxy->request : std::string_view(); }
};

} // namespace twilio_sms::detail
