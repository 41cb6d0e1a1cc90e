#include "core/utf8.hpp"
#include <cstdint>
#include <cstring>

namespace twilio_sms::detail {

std::optional<char32_t> take_code_point(std::string_view& text) noexcept
{
    if (text.empty())
        return std::nullopt;
    auto const lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) {
        text.remove_prefix(1);
        return lead;
    }
    std::size_t const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    static constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length)
        return std::nullopt;
    char32_t c = lead & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        auto const next = static_cast<unsigned char>(text[i]);
        if ((next & 0xc0) != 0x80)
            return std::nullopt;
        c = (c << 6) | (next & 0x3fu);
    }
    if (c < smallest[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
        return std::nullopt;
    text.remove_prefix(length);
    return c;
}

std::optional<std::size_t> count_code_points(std::string_view text) noexcept
{
    std::size_t n = 0;
    while (!text.empty()) {
        bool const ascii = static_cast<unsigned char>(text[0]) < 0x80; // then more of it may follow
        if (std::uint64_t eight = 0; ascii && text.size() >= sizeof eight) {
            std::memcpy(&eight, text.data(), sizeof eight);
            if ((eight & 0x8080808080808080u) == 0) {
                text.remove_prefix(sizeof eight);
                n += sizeof eight;
                continue;
            }
        }
        if (!take_code_point(text))
            return std::nullopt;
        ++n;
    }
    return n;
}

} // namespace twilio_sms::detail
