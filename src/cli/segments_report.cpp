#include "cli/segments_report.hpp"
#include "core/harmless_text.hpp"
#include "core/segments.hpp"
#include "core/smart_encoding.hpp"
#include "core/utf8.hpp"
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace twilio_sms::cli {
namespace {

constexpr std::size_t longest_body = 1600; // that Twilio takes

std::string code_point_name(char32_t c)
{
    return fmt::format("U+{:04X}", static_cast<std::uint32_t>(c));
}

std::string_view units_of(sms_encoding e)
{
    return e == sms_encoding::gsm7 ? "septets" : "UTF-16 units";
}

std::string line_of(segment_count const& c)
{
    return fmt::format("{}, {} segment{}, {} {}, {} left", to_string(c.encoding), c.segments,
                       c.segments == 1 ? "" : "s", c.units, units_of(c.encoding), c.units_left);
}

boost::json::object json_of(segment_count const& c)
{
    boost::json::object o;
    o["encoding"] = to_string(c.encoding);
    o["segments"] = c.segments;
    o["units"] = c.units;
    o["units_left"] = c.units_left;
    return o;
}

// What commands a terminal, marks that combine with what is before them, and such do no good to it.
bool shows_by_itself(char32_t c)
{
    bool const combines = (c >= 0x300 && c < 0x370) || (c >= 0x20d0 && c < 0x2100) || (c >= 0xfe00 && c < 0xfe10);
    bool const invisible =
        c == 0xfeff || (c >= 0x2000 && c < 0x2010) || (c >= 0x2028 && c < 0x2030) || (c >= 0x205f && c < 0x2070);
    return !detail::commands_terminals(c) && !combines && !invisible;
}

std::string line_of(forcing_character const& c)
{
    auto line = fmt::format("  {:>5}  {:<8}", c.position, code_point_name(c.code_point));
    if (shows_by_itself(c.code_point))
        line += "  " + c.text;
    if (c.replacement)
        line += c.replacement->empty() ? "  smart encoding leaves it out"
                                       : fmt::format("  smart encoding makes it '{}'", *c.replacement);
    return line + '\n';
}

} // namespace

std::optional<segments_report> report_segments(std::string_view text, std::size_t& wrong_byte)
{
    segments_report r;
    for (auto rest = text; !rest.empty();) {
        auto const before = rest;
        auto const c = detail::take_code_point(rest);
        if (!c) {
            wrong_byte = text.size() - rest.size() + 1;
            return std::nullopt;
        }
        ++r.characters;
        if (detail::gsm7_septets(*c) != 0)
            continue;
        forcing_character f{std::string(before.substr(0, before.size() - rest.size())), *c, r.characters, {}};
        if (auto const to = detail::smart_replacement(*c))
            f.replacement = *to;
        r.forcing.push_back(std::move(f));
    }
    r.count = count_segments(text);
    r.smart = count_segments(smart_encoded(text));
    return r;
}

std::string segments_json(segments_report const& r)
{
    auto o = json_of(r.count);
    o["characters"] = r.characters;
    auto& forcing = o["forces_ucs2"].emplace_array();
    for (auto const& c : r.forcing) {
        boost::json::object one;
        one["character"] = c.text;
        one["code_point"] = code_point_name(c.code_point);
        one["position"] = c.position;
        if (c.replacement)
            one["replacement"] = *c.replacement;
        else
            one["replacement"] = nullptr;
        forcing.push_back(std::move(one));
    }
    o["smart_encoding"] = json_of(r.smart);
    return boost::json::serialize(o);
}

std::string segments_text(segments_report const& r)
{
    auto text = fmt::format("{}\n", line_of(r.count));
    if (r.characters > longest_body)
        text += fmt::format("{} characters: Twilio takes at most {} in one message\n", r.characters, longest_body);
    if (r.forcing.empty())
        return text;
    text += fmt::format("Not in GSM-7, by position:\n");
    for (auto const& c : r.forcing)
        text += line_of(c);
    return text + (r.smart == r.count ? "Smart encoding changes nothing of that\n"
                                      : "With smart encoding: " + line_of(r.smart) + '\n');
}

} // namespace twilio_sms::cli
