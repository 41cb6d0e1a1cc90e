#include "crypto/base64.hpp"
#include <algorithm>
#include <array>
#include <limits>
#include <openssl/evp.h>
#include <stdexcept>

namespace twilio_sms::detail {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned char const* bytes_of(std::string_view text) noexcept
{
    return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* bytes_of(std::string& text) noexcept
{
    return reinterpret_cast<unsigned char*>(text.data());
}

// OpenSSL counts in int.
int checked_length(std::size_t n)
{
    if (n > static_cast<std::size_t>(std::numeric_limits<int>::max() / 2))
        throw std::length_error("base64: the text is too long");
    return static_cast<int>(n);
}

} // namespace

std::string base64_encode(std::string_view bytes)
{
    int const length = checked_length(bytes.size());
    std::string out((bytes.size() + 2) / 3 * 4, '\0');
    EVP_EncodeBlock(bytes_of(out), bytes_of(bytes), length); // also ends it with NUL, where the string has its own
    return out;
}

void append_base64(secret_string& out, std::string_view bytes)
{
    constexpr std::size_t piece = 48; // a multiple of 3: the pieces' texts make one text
    std::array<char, piece / 3 * 4 + 1> text;
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        auto const part = bytes.substr(0, piece);
        int const length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes_of(part),
                                           static_cast<int>(part.size()));
        out.append({text.data(), static_cast<std::size_t>(length)});
    }
    cleanse(text.data(), text.size());
}

std::optional<std::string> base64_decode(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    // OpenSSL passes over white space and does not tell padding from zeros: both are settled here.
    auto const last = text.find_last_not_of('=');
    auto const padding = last == std::string_view::npos ? text.size() : text.size() - last - 1;
    if (padding > 2 || text.substr(0, text.size() - padding).find_first_not_of(alphabet) != std::string_view::npos)
        return std::nullopt;
    int const length = checked_length(text.size());
    std::string out(text.size() / 4 * 3, '\0');
    if (EVP_DecodeBlock(bytes_of(out), bytes_of(text), length) < 0)
        return std::nullopt;
    out.resize(out.size() - padding);
    return out;
}

} // namespace twilio_sms::detail
