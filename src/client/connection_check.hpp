// One connection and one harmless request, looked at closely: for people who want to know why nothing is sent.
#pragma once
#include "core/fate.hpp"
#include "net/handshake_facts.hpp"
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <twilio_sms/provider_options.hpp>
#include <vector>

namespace twilio_sms::detail {

/// How far it got, and what it saw on the way.
struct connection_check {
    std::string server; ///< "api.twilio.com:443"
    std::string proxy;  ///< "proxy.example:3128"; empty: none is used
    bool tls = true;    ///< false: http://

    std::vector<std::string> addresses; ///< of the server, or of the proxy
    std::chrono::milliseconds lookup_time{};
    std::string address; ///< that the connection is to; empty: there is none
    std::chrono::milliseconds connect_time{};
    handshake_facts handshake;
    bool open = false; ///< requests could be made

    breakdown why = breakdown::none; ///< what went wrong below HTTP
    std::string problem;             ///< the same for people, with the advice after "; "

    int http_status = 0; ///< of the reply
    int twilio_code = 0;
    std::string twilio_text; ///< of an error, numbers masked
    bool is_list = false;    ///< the reply is a list of messages

    /// How far this machine's clock is ahead of the server's: between these two.
    struct ahead {
        std::chrono::milliseconds least, most;
    };
    std::optional<ahead> clock;
};

/// Connects as a provider with these options would, and asks for the first message of the account's list. Sends no
/// message. Runs `io`, which has no other work, until there is an answer or the options' time limits are over; a name
/// look-up that takes longer stays behind in it.
/// Precondition: the options have no problems.
/// Errors: throws `std::runtime_error` when `ca_file` holds no certificate.
connection_check check_connection(boost::asio::io_context& io, provider_options const& valid);

} // namespace twilio_sms::detail
