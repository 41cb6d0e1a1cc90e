// The address of an HTTP proxy, and which hosts are reached without it.
#pragma once
#include "crypto/secret_string.hpp"
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::detail {

struct proxy_url {
    std::string host; ///< a name or an address; an IPv6 address without its brackets
    std::uint16_t port = 0;
    secret_string credentials; ///< "user:password" without escapes; empty: none
};

/// "http://[user:password@]host[:port][/]"; "http://" may be left out. Escapes (%40) are for user and password only.
/// Nothing, with `problem` saying what is wrong, for another text. The problem never holds the text.
std::optional<proxy_url> parse_proxy_url(std::string_view url, std::string& problem);

/// Whether `host` (an IPv6 address without brackets) is reached directly. `no_proxy` is a list divided by commas or
/// blanks of names, which stand for everything below them too (a dot or "*." in front changes nothing), IP addresses,
/// networks (10.0.0.0/8) and "*" for all. A name or an address may have a port, then only that one is meant. Names are
/// not looked up. What is none of these matches nothing.
bool bypasses_proxy(std::string_view no_proxy, std::string_view host, std::uint16_t port);

/// How connections through a proxy are begun.
struct proxy_route {
    std::string host;
    std::uint16_t port = 0;
    std::string server;    ///< "proxy.example:3128", for people
    secret_string request; ///< that opens the tunnel
};

/// `target` is the far end of the tunnel, "api.twilio.com:443".
proxy_route route_through(proxy_url const& proxy, std::string_view target);

} // namespace twilio_sms::detail
