#include "core/quotation.hpp"
#include <algorithm>

namespace twilio_sms::detail {

bool quotes(std::string_view said, std::string_view ours) noexcept
{
    constexpr std::size_t telling = 12;
    constexpr std::size_t shortest = 8;
    auto const size = std::min(telling, ours.size());
    if (size < shortest)
        return false;
    for (; said.size() >= size; said.remove_prefix(1))
        if (ours.find(said.substr(0, size)) != ours.npos)
            return true;
    return false;
}

} // namespace twilio_sms::detail
