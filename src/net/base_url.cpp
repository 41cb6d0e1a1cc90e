#include "net/base_url.hpp"
#include <algorithm>
#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <system_error>

namespace twilio_sms::detail {
namespace {

// The name goes into the Host header and to the resolver: no escapes, no surprises.
bool is_host_name(std::string_view name) noexcept
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
               c == '_';
    });
}

bool is_localhost(std::string_view name) noexcept
{
    constexpr std::string_view expected = "localhost";
    return std::ranges::equal(name, expected,
                              [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

// Sets host and loopback; false when it is neither a name nor an address.
bool take_host(std::string_view host, base_url& into)
{
    if (host.starts_with('[')) {
        host = host.substr(1, host.size() - 2);
        auto const address = boost::urls::parse_ipv6_address(host);
        if (!address)
            return false;
        into.loopback = address->is_loopback();
    } else if (auto const address = boost::urls::parse_ipv4_address(host)) {
        into.loopback = address->is_loopback();
    } else {
        if (!is_host_name(host))
            return false;
        into.loopback = is_localhost(host);
    }
    into.host = host;
    return true;
}

// 0 for what is not a port.
std::uint16_t port_of(std::string_view digits) noexcept
{
    std::uint16_t port = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return error == std::errc() && end == digits.data() + digits.size() ? port : std::uint16_t();
}

} // namespace

std::optional<base_url> parse_base_url(std::string_view text, std::string& problem)
{
    auto const fail = [&](char const* what) {
        problem = what;
        return std::nullopt;
    };
    auto const url = boost::urls::parse_uri(text);
    if (!url)
        return fail("is not a URL");
    base_url result;
    if (url->scheme_id() == boost::urls::scheme::http)
        result.tls = false;
    else if (url->scheme_id() != boost::urls::scheme::https)
        return fail("has a scheme other than http and https");

    // Taken apart here: Boost.URL 1.81 ends the host of http://127.0.0.1.example.com after the address, and so would
    // call it a loopback one.
    auto rest = text.substr(text.find(':') + 1);
    if (!rest.starts_with("//"))
        return fail("has no host");
    rest.remove_prefix(2);
    auto const authority = rest.substr(0, rest.find_first_of("/?#"));
    rest.remove_prefix(authority.size());
    if (authority.find('@') != std::string_view::npos)
        return fail("holds a user name; credentials belong in account_sid and auth_token");
    if (auto const end = rest.find_first_of("?#"); end != std::string_view::npos)
        return fail(rest[end] == '?' ? "has a query" : "has a fragment");

    auto const bracket = authority.find(']');
    auto const colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
    auto const host = authority.substr(0, colon);
    if (host.empty())
        return fail("has no host");
    if (!take_host(host, result))
        return fail("has a host that is neither a name nor an IP address");
    result.port = result.tls ? 443 : 80;
    if (colon != std::string_view::npos) {
        result.port = port_of(authority.substr(colon + 1));
        if (result.port == 0)
            return fail("has a port outside 1 to 65535");
    }
    result.path_prefix = rest;
    while (result.path_prefix.ends_with('/'))
        result.path_prefix.pop_back();
    return result;
}

std::string host_and_port(std::string const& host, std::uint16_t port)
{
    return bracketed(host) + ':' + std::to_string(port);
}

std::string bracketed(std::string const& host)
{
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

} // namespace twilio_sms::detail
