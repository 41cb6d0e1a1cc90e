#include "cli/settings_text.hpp"
#include "core/utf8.hpp"
#include <algorithm>
#include <optional>

namespace twilio_sms::cli {
namespace {

constexpr std::string_view blanks = " \t";

void skip_blanks(std::string_view& text)
{
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
}

/// One line of the file.
class line_reader {
public:
    line_reader(std::string_view text, std::size_t number) : rest_(text), number_(number) {}

    /// Nothing for an empty line or a comment.
    std::optional<setting> read()
    {
        skip_blanks(rest_);
        if (at_end())
            return std::nullopt;
        if (rest_.front() == '[')
            fail("sections are not known here; write all options without one");
        setting s;
        s.line = number_;
        s.name = read_name();
        skip_blanks(rest_);
        if (!rest_.starts_with('='))
            fail("is not of the form name = value");
        rest_.remove_prefix(1);
        skip_blanks(rest_);
        read_value(s);
        skip_blanks(rest_);
        if (!at_end())
            fail(s.name + ": there is something after the value; a text needs quotation marks around all of it");
        return s;
    }

private:
    [[noreturn]] void fail(std::string const& what) const { throw settings_error(number_, what); }

    bool at_end() const noexcept { return rest_.empty() || rest_.front() == '#'; }

    std::string read_name()
    {
        auto const is_part = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        };
        auto const end = std::ranges::find_if_not(rest_, is_part);
        std::string const name(rest_.begin(), end);
        if (name.empty())
            fail("is not of the form name = value");
        rest_.remove_prefix(name.size());
        return name;
    }

    void read_value(setting& s)
    {
        if (rest_.starts_with('"') || rest_.starts_with('\''))
            return read_text(s);
        auto const end = std::min(rest_.find_first_of(" \t#"), rest_.size());
        s.value = rest_.substr(0, end);
        rest_.remove_prefix(end);
        auto const digits = std::string_view(s.value).substr(s.value.starts_with('-') ? 1 : 0);
        if (s.value == "true" || s.value == "false")
            s.is = setting::kind::truth;
        else if (!digits.empty() && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }))
            s.is = setting::kind::number;
        else
            fail(s.name + ": the value is neither a text in quotation marks, nor a whole number, true or false");
    }

    void read_text(setting& s)
    {
        char const quote = rest_.front();
        rest_.remove_prefix(1);
        while (!rest_.starts_with(quote)) {
            if (rest_.empty())
                fail(s.name + ": the closing quotation mark is missing");
            if (quote == '"' && rest_.starts_with('\\'))
                read_escape(s);
            else
                s.value += rest_.front();
            rest_.remove_prefix(1);
        }
        rest_.remove_prefix(1);
        if (!detail::count_code_points(s.value))
            fail(s.name + ": the value is not UTF-8");
    }

    // Leaves its last character.
    void read_escape(setting& s)
    {
        rest_.remove_prefix(1);
        auto const which = std::string_view("\"\\tn").find(rest_.empty() ? '\0' : rest_.front());
        if (which == std::string_view::npos)
            fail(s.name +
                 R"(: \ begins an escape, but only \" \\ \t \n are known; in single quotes it stands for itself)");
        s.value += "\"\\\t\n"[which];
    }

    std::string_view rest_;
    std::size_t number_;
};

} // namespace

std::vector<setting> parse_settings(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf")) // a byte order mark
        text.remove_prefix(3);
    std::vector<setting> all;
    for (std::size_t number = 1; !text.empty(); ++number) {
        auto const end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        auto one = line_reader(line, number).read();
        if (!one)
            continue;
        if (auto const first = std::ranges::find(all, one->name, &setting::name); first != all.end())
            throw settings_error(number, one->name + ": is given already in line " + std::to_string(first->line) +
                                             "; remove one");
        all.push_back(*std::move(one));
    }
    return all;
}

} // namespace twilio_sms::cli
