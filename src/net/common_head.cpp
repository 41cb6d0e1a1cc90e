#include "net/common_head.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <utility>

namespace twilio_sms::detail {
namespace {

constexpr std::size_t longest_head = 4096;

// Lower case of what a name may consist of (RFC 9110 section 5.6.2); 0 for all else.
constexpr auto name_characters = [] {
    std::array<char, 256> table{};
    for (char c : std::string_view("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"))
        table[static_cast<unsigned char>(c)] = c;
    for (char c = 'A'; c <= 'Z'; ++c)
        table[static_cast<unsigned char>(c)] = static_cast<char>(c - 'A' + 'a');
    return table;
}();

constexpr char in_name(char c) noexcept
{
    return name_characters[static_cast<unsigned char>(c)];
}

// `lower` is in lower case.
bool same(std::string_view name, std::string_view lower) noexcept
{
    if (name.size() != lower.size())
        return false;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (in_name(name[i]) != lower[i])
            return false;
    return true;
}

// Whether all of the eight characters there are from ' ' to '~'.
bool eight_visible(char const* text) noexcept
{
    constexpr std::uint64_t every = 0x0101010101010101u;
    std::uint64_t eight = 0;
    std::memcpy(&eight, text, 8);
    return ((eight | (eight - 0x20 * every) | (eight + every)) & 0x80 * every) == 0;
}

bool visible(std::string_view text) noexcept
{
    if (text.size() < 8)
        return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
    for (std::size_t i = 0; i + 8 < text.size(); i += 8)
        if (!eight_visible(text.data() + i))
            return false;
    return eight_visible(text.data() + text.size() - 8);
}

std::string_view without_spaces(std::string_view value) noexcept
{
    while (!value.empty() && value.front() == ' ')
        value.remove_prefix(1);
    while (!value.empty() && value.back() == ' ')
        value.remove_suffix(1);
    return value;
}

// Takes a line off `bytes`. A null one when there is no whole line, or one with anything but visible characters.
std::string_view take_line(std::string_view& bytes) noexcept
{
    auto const end = bytes.find('\r');
    if (end == std::string_view::npos || bytes.substr(end, 2) != "\r\n" || !visible(bytes.substr(0, end)))
        return {};
    auto const line = bytes.substr(0, end);
    bytes.remove_prefix(end + 2);
    return line;
}

// The status of "HTTP/1.1 201 Created"; 0 when it is another version, or one whose reply is special.
int read_status(std::string_view line) noexcept
{
    constexpr std::string_view version = "HTTP/1.1 ";
    if (line.size() < version.size() + 4 || !line.starts_with(version) || line[version.size() + 3] != ' ')
        return 0;
    auto const digits = line.substr(version.size(), 3);
    int status = 0;
    if (std::from_chars(digits.data(), digits.data() + 3, status).ptr != digits.data() + 3)
        return 0;
    return status >= 200 && status != 204 && status != 304 ? status : 0;
}

bool read_size(std::string_view digits, std::size_t& size) noexcept
{
    constexpr std::size_t most_digits = 6; // what has more is long enough to be judged with care
    auto const end = digits.data() + digits.size();
    return digits.size() <= most_digits && std::from_chars(digits.data(), end, size).ptr == end && !digits.empty();
}

// False for what is not for us to judge.
bool read_field(std::string_view line, common_head& head, bool& has_size) noexcept
{
    std::size_t length = 0;
    while (length < line.size() && in_name(line[length]) != 0)
        ++length;
    if (length == 0 || length == line.size() || line[length] != ':')
        return false;
    auto const name = line.substr(0, length);
    auto const value = without_spaces(line.substr(length + 1));
    switch (length) {
    case 4:
        if (same(name, "date"))
            head.date = value;
        return true;
    case 7: return !same(name, "upgrade");
    case 10: return !same(name, "connection") || same(value, "keep-alive");
    case 11:
        if (same(name, "retry-after"))
            head.retry_after = value;
        return true;
    case 14:
        if (!same(name, "content-length"))
            return true;
        return !std::exchange(has_size, true) && read_size(value, head.body_size);
    case 16: return !same(name, "proxy-connection");
    case 17:
        if (same(name, "twilio-request-id"))
            head.request_id = value;
        return !same(name, "transfer-encoding");
    default: return true;
    }
}

} // namespace

std::optional<common_head> read_common_head(std::string_view bytes) noexcept
{
    auto rest = bytes.substr(0, longest_head);
    common_head head;
    head.status = read_status(take_line(rest));
    if (head.status == 0)
        return std::nullopt;
    bool has_size = false;
    for (;;) {
        auto const line = take_line(rest);
        if (line.data() == nullptr)
            return std::nullopt;
        if (line.empty())
            break;
        if (!read_field(line, head, has_size))
            return std::nullopt;
    }
    if (!has_size)
        return std::nullopt;
    head.size = static_cast<std::size_t>(rest.data() - bytes.data());
    return head;
}

} // namespace twilio_sms::detail
