// `Hi {{name}}`: a text with places for the columns of a row.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace twilio_sms::campaign {

/// Parsed once, rendered for each row. A place is `{{column}}`; blanks inside the braces do not count, and case does.
/// Everything else, single braces and `}}` too, is text.
class message_template {
public:
    /// Errors: throws `input_error` naming the position (character, from 1) for a column that is not there, an empty
    /// `{{}}`, a `{{` that is not closed, and a text that is not UTF-8.
    static message_template parse(std::string_view text, std::vector<std::string> const& columns);

    /// Appends the text for a row to `out`. When a value is missing or blank, returns false and names the first such
    /// column's index in `empty_column`; `out` is unspecified then. Precondition: a field for each column.
    bool render(std::span<std::string const> fields, std::string& out, std::size_t& empty_column) const;

private:
    std::vector<std::variant<std::string, std::size_t>> parts_; // text, or the column's index
};

} // namespace twilio_sms::campaign
