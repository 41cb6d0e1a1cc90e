// What the fuzzers share: how a broken property fails, and how one input holds several things.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace fuzz {

/// Ends the run, with the input kept by libFuzzer, when a property does not hold.
inline void require(bool holds, char const* property)
{
    if (holds)
        return;
    std::fprintf(stderr, "property does not hold: %s\n", property);
    std::abort();
}

/// An input: lines for the small things, the rest for the large one. So people can write and read corpus files.
class input {
public:
    input(std::uint8_t const* data, std::size_t size) : rest_(reinterpret_cast<char const*>(data), size) {}

    /// Takes off the next line; all that is left when there is no LF.
    std::string_view line() noexcept
    {
        auto const text = rest_.substr(0, rest_.find('\n'));
        rest_.remove_prefix(std::min(text.size() + 1, rest_.size()));
        return text;
    }
    std::string_view rest() const noexcept { return rest_; }

private:
    std::string_view rest_;
};

/// Cuts `text` and calls `use` with piece after piece until it returns false. Each character of `cuts`, in turns,
/// says how long a piece is: `!` is 1, `"` is 2, and so on through ASCII. Without cuts it is one piece.
/// Every piece has memory of its own, so that a look beyond its end is seen. Returns what was not used.
template <class Use>
std::string_view in_pieces(std::string_view text, std::string_view cuts, Use use)
{
    for (std::size_t turn = 0; !text.empty(); ++turn) {
        std::size_t size = text.size();
        if (!cuts.empty()) {
            auto const cut = static_cast<unsigned char>(cuts[turn % cuts.size()]);
            size = std::min(size, static_cast<std::size_t>(cut > '!' ? cut - '!' + 1 : 1));
        }
        std::unique_ptr<char[]> const piece(new char[size]);
        std::copy_n(text.data(), size, piece.get());
        text.remove_prefix(size);
        if (!use(std::string_view(piece.get(), size)))
            break;
    }
    return text;
}

} // namespace fuzz
