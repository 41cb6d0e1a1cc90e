#include "http_server/request.hpp"
#include <algorithm>

namespace twilio_sms::detail::server {
namespace {

char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

} // namespace

std::string_view request::header(std::string_view name) const noexcept
{
    for (auto const& f : fields_)
        if (std::ranges::equal(slice(f.name), name, {}, lower, lower))
            return slice(f.value);
    return {};
}

request::range request::store(std::string_view s)
{
    range const r{static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(s.size())};
    text_ += s;
    return r;
}

void request::clear() noexcept
{
    text_.clear();
    fields_.clear();
    body_.clear();
    method_ = target_ = {};
}

} // namespace twilio_sms::detail::server
