// Where requests go, taken apart once.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::detail {

struct base_url {
    bool tls = true;
    std::string host;        ///< a name or an address; an IPv6 address without its brackets
    std::uint16_t port = 0;  ///< the scheme's own when the URL names none
    std::string path_prefix; ///< "" or "/..." without a slash at the end
    bool loopback = false;   ///< the host is 127.0.0.0/8, ::1 or localhost
};

/// An http or https URL with a host, optionally a port and a path; nothing else may be in it.
/// Nothing, with `problem` saying what is wrong, for another text. The problem never holds the text, which may
/// have a password in it.
std::optional<base_url> parse_base_url(std::string_view url, std::string& problem);

/// "api.twilio.com:443", "[::1]:443"
std::string host_and_port(std::string const& host, std::uint16_t port);

/// An IPv6 address in brackets, another host as it is.
std::string bracketed(std::string const& host);

} // namespace twilio_sms::detail
