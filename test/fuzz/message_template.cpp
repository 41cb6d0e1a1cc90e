// Templates. Input: a line with the columns, a line with their values (both divided by commas), then the template.
// - A text without places stays as it is. Values are put in as they are, also those that look like places.
// - A rendered template, with each column's place as its value, is that template again.
#include "campaign/message_template.hpp"
#include "campaign/error.hpp"
#include "core/utf8.hpp"
#include "property.hpp"
#include <optional>
#include <string>

using namespace twilio_sms;
using campaign::message_template;
using fuzz::require;

namespace {

std::vector<std::string> divided(std::string_view text)
{
    std::vector<std::string> parts;
    for (;;) {
        auto const comma = text.find(',');
        parts.emplace_back(text.substr(0, comma));
        if (comma == text.npos)
            return parts;
        text.remove_prefix(comma + 1);
    }
}

std::optional<message_template> parse(std::string_view text, std::vector<std::string> const& columns)
{
    try {
        return message_template::parse(text, columns);
    } catch (campaign::input_error const& e) {
        std::string_view const what = e.what();
        require(what.starts_with("template: ") && what.size() <= 8'000, "an error says what, and not at length");
        require(detail::count_code_points(what).has_value(), "an error is text");
        for (char const c : what)
            require(static_cast<unsigned char>(c) >= ' ' && c != 0x7f, "an error is one line");
        return std::nullopt;
    }
}

std::optional<std::string> render(message_template const& t, std::vector<std::string> const& fields)
{
    std::string out = ">";
    std::size_t empty_column = fields.size();
    if (t.render(fields, out, empty_column)) {
        require(empty_column == fields.size() && out.front() == '>', "rendering appends");
        return out.substr(1);
    }
    require(empty_column < fields.size(), "the empty column is one of them");
    require(fields[empty_column].find_first_not_of(" \t\r\n") == std::string::npos, "the empty column is empty");
    return std::nullopt;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::input in(data, size);
    auto const columns = divided(in.line());
    auto fields = divided(in.line());
    fields.resize(columns.size());
    auto const text = in.rest();
    bool const utf8 = detail::count_code_points(text).has_value();

    auto const parsed = parse(text, columns);
    if (!parsed)
        return 0;
    require(utf8 && text.find('\0') == text.npos, "a template is text");
    auto const rendered = render(*parsed, fields);
    if (text.find("{{") == text.npos)
        require(rendered == text, "a text without places stays as it is");

    std::vector<std::string> places;
    for (auto const& column : columns)
        places.push_back("{{ " + column + " }}");
    auto const same_template = render(*parsed, places);
    require(same_template.has_value(), "a place is not empty");
    auto const again = parse(*same_template, columns);
    require(again.has_value(), "a template written again is a template");
    require(render(*again, fields) == rendered, "a template written again says the same");
    require(render(*again, places) == same_template, "a template written again is the same");
    return 0;
}
