#include "twilio/form_decode.hpp"

namespace twilio_sms::detail {
namespace {

int hex_digit(char c) noexcept
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

bool decode_form_value(std::string_view in, char*& to, std::string_view& out) noexcept
{
    char const* const begin = to;
    for (std::size_t i = 0; i < in.size(); ++i) {
        char c = in[i];
        if (c == '+') {
            c = ' ';
        } else if (c == '%') {
            if (i + 2 >= in.size())
                return false;
            int const high = hex_digit(in[i + 1]);
            int const low = hex_digit(in[i + 2]);
            if (high < 0 || low < 0)
                return false;
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        *to++ = c;
    }
    out = {begin, to};
    return true;
}

std::string decode_form_value(std::string_view in)
{
    std::string text(in.size(), '\0');
    char* to = text.data();
    std::string_view out;
    decode_form_value(in, to, out);
    text.resize(out.size());
    return text;
}

} // namespace twilio_sms::detail
