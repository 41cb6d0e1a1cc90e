#include "simulator/smart_encoding.hpp"
#include <algorithm>
#include <iterator>

namespace twilio_sms::detail::sim {
namespace {

struct replacement {
    std::string_view from;
    std::string_view to;
};
// A space that does not break becomes two, a tab seven: so it is at Twilio.
constexpr replacement replacements[] = {
    {"\t", "       "}, {"`", "'"},        {"\u00a0", "  "},  {"\u00ab", "\""}, {"\u00b4", "'"},   {"\u00bb", "\""},
    {"\u00bc", "1/4"}, {"\u00bd", "1/2"}, {"\u00be", "3/4"}, {"\u00f7", "/"},  {"\u2009", "  "},  {"\u200b", ""},
    {"\u2010", "-"},   {"\u2013", "-"},   {"\u2014", "-"},   {"\u2018", "'"},  {"\u2019", "'"},   {"\u201a", ","},
    {"\u201c", "\""},  {"\u201d", "\""},  {"\u201e", "\""},  {"\u2022", "-"},  {"\u2026", "..."}, {"\u202f", "  "},
    {"\u2039", ">"},   {"\u203a", "<"},   {"\u203c", "!!"},  {"\u3000", "  "}, {"\ufeff", ""},
};

} // namespace

void append_smart_encoded(std::string& out, std::string_view text)
{
    while (!text.empty()) {
        auto const r =
            std::ranges::find_if(replacements, [&](replacement const& x) { return text.starts_with(x.from); });
        bool const found = r != std::end(replacements);
        out += found ? r->to : text.substr(0, 1);
        text.remove_prefix(found ? r->from.size() : 1);
    }
}

} // namespace twilio_sms::detail::sim
