#include "net/proxy_url.hpp"
#include "core/control_characters.hpp"
#include "crypto/base64.hpp"
#include "net/base_url.hpp"
#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <charconv>

namespace twilio_sms::detail {
namespace {

namespace ip = boost::asio::ip;
using boost::system::error_code;

char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same(std::string_view a, std::string_view b) noexcept
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

int hex_digit(char c) noexcept
{
    c = lower(c);
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Appends the text without its escapes; false when one is not %XX, or a control character comes out.
bool append_decoded(secret_string& out, std::string_view text)
{
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            int const high = i + 1 < text.size() ? hex_digit(text[i + 1]) : -1;
            int const low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (has_control_characters({&c, 1}))
            return false;
        out.append({&c, 1});
    }
    return true;
}

std::optional<ip::address> address_of(std::string_view text)
{
    if (text.starts_with('[') && text.ends_with(']'))
        text = text.substr(1, text.size() - 2);
    error_code ec;
    auto const address = ip::make_address(text, ec);
    if (ec)
        return std::nullopt;
    return address;
}

bool in_network(ip::address const& address, std::string_view network)
{
    error_code ec;
    if (address.is_v4()) {
        auto const n = ip::make_network_v4(network, ec);
        return !ec && ip::network_v4(address.to_v4(), n.prefix_length()).canonical() == n.canonical();
    }
    auto const n = ip::make_network_v6(network, ec);
    return !ec && ip::network_v6(address.to_v6(), n.prefix_length()).canonical() == n.canonical();
}

// Takes ":1234" off the end, if it is there; false when it is not `port`.
bool port_fits(std::string_view& entry, std::uint16_t port) noexcept
{
    auto const colon = entry.rfind(':');
    bool const bracketed = entry.starts_with('[');
    if (colon == std::string_view::npos || (!bracketed && entry.find(':') != colon)) // an IPv6 address
        return true;
    auto const digits = entry.substr(colon + 1);
    if (bracketed && (colon == 0 || entry[colon - 1] != ']'))
        return true;
    std::uint16_t named = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), named);
    entry = entry.substr(0, colon);
    return error == std::errc() && end == digits.data() + digits.size() && named == port;
}

bool entry_matches(std::string_view entry, std::string_view host, std::optional<ip::address> const& address,
                   std::uint16_t port)
{
    if (entry == "*")
        return true;
    if (address && entry.find('/') != std::string_view::npos)
        return in_network(*address, entry);
    if (!port_fits(entry, port))
        return false;
    if (address)
        return address_of(entry) == address;
    if (entry.starts_with("*."))
        entry.remove_prefix(1);
    if (entry.starts_with('.'))
        entry.remove_prefix(1);
    if (entry.ends_with('.'))
        entry.remove_suffix(1);
    if (entry.empty() || host.size() < entry.size() || !same(host.substr(host.size() - entry.size()), entry))
        return false;
    return host.size() == entry.size() || host[host.size() - entry.size() - 1] == '.';
}

} // namespace

std::optional<proxy_url> parse_proxy_url(std::string_view text, std::string& problem)
{
    auto const fail = [&](char const* what) {
        problem = what;
        return std::nullopt;
    };
    if (has_control_characters(text))
        return fail("holds a line break or another control character");
    constexpr std::string_view scheme = "http://";
    if (auto const end = text.find("://"); end != std::string_view::npos) {
        if (!same(text.substr(0, end + 3), scheme))
            return fail("has a scheme other than http");
        text.remove_prefix(end + 3);
    }
    if (text.ends_with('/'))
        text.remove_suffix(1);

    proxy_url proxy;
    if (auto const at = text.rfind('@'); at != std::string_view::npos) {
        auto const user_info = text.substr(0, at);
        auto const colon = user_info.find(':');
        if (colon == std::string_view::npos || colon == 0)
            return fail("has a user name without a password, or the reverse");
        auto const user = user_info.substr(0, colon);
        bool const decoded = append_decoded(proxy.credentials, user);
        if (std::string_view(proxy.credentials).find(':') != std::string_view::npos)
            return fail("has a colon in the user name, which Basic authentication cannot express");
        proxy.credentials.append(":");
        if (!decoded || !append_decoded(proxy.credentials, user_info.substr(colon + 1)))
            return fail("has a % in its user name or password that is not followed by two hex digits");
        text.remove_prefix(at + 1);
    }
    // What is left must be what a URL has in this place: no path, no query.
    if (text.find_first_of("/?#") != std::string_view::npos)
        return fail("has more than user, password, host and port");
    auto const url = parse_base_url(std::string(scheme).append(text), problem);
    if (!url)
        return std::nullopt;
    proxy.host = url->host;
    proxy.port = url->port;
    return proxy;
}

bool bypasses_proxy(std::string_view no_proxy, std::string_view host, std::uint16_t port)
{
    constexpr std::string_view dividers = ", \t";
    auto const address = address_of(host);
    if (host.ends_with('.'))
        host.remove_suffix(1);
    for (;;) {
        auto const begin = no_proxy.find_first_not_of(dividers);
        if (begin == std::string_view::npos)
            return false;
        no_proxy.remove_prefix(begin);
        auto const entry = no_proxy.substr(0, no_proxy.find_first_of(dividers));
        if (entry_matches(entry, host, address, port))
            return true;
        no_proxy.remove_prefix(entry.size());
    }
}

proxy_route route_through(proxy_url const& proxy, std::string_view target)
{
    proxy_route route{proxy.host, proxy.port, host_and_port(proxy.host, proxy.port), {}};
    auto& request = route.request;
    request.append("CONNECT ").append(target).append(" HTTP/1.1\r\nHost: ").append(target).append("\r\n");
    if (!proxy.credentials.empty()) {
        request.append("Proxy-Authorization: Basic ");
        append_base64(request, proxy.credentials);
        request.append("\r\n");
    }
    request.append("\r\n");
    return route;
}

} // namespace twilio_sms::detail
