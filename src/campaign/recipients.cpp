#include "campaign/recipients.hpp"
#include "core/notification_check.hpp"
#include "core/utf8.hpp"
#include <algorithm>
#include <array>
#include <string_view>
#include <twilio_sms/phone_number.hpp>

namespace twilio_sms::campaign {
namespace {

bool equal_in_any_case(std::string_view a, std::string_view b) noexcept
{
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

csv_reader open_from_start(input_file& file)
{
    file.rewind();
    return {file.path(), [&file](std::span<char> buffer) { return file.read(buffer); }};
}

// A spreadsheet of another country exports with semicolons: the whole header is one column then.
std::string advice_on_commas(std::vector<std::string> const& columns)
{
    return columns.size() == 1 && columns[0].find_first_of(";\t|") != std::string::npos
               ? "; fields must be separated by commas"
               : "";
}

} // namespace

std::size_t find_to_column(std::vector<std::string> const& columns, std::string const& wanted)
{
    auto const index = [&](auto at) { return static_cast<std::size_t>(at - columns.begin()); };
    if (!wanted.empty()) {
        if (auto const at = std::ranges::find(columns, wanted); at != columns.end())
            return index(at);
        throw input_error("--to-column: no column is called \"" + printable_name(wanted) +
                          "\"; the columns are: " + printable_list(columns) + advice_on_commas(columns));
    }
    static constexpr std::array<std::string_view, 4> usual{"to", "phone", "number", "mobile"};
    for (auto const name : usual) {
        auto const at = std::ranges::find_if(columns, [&](auto const& c) { return equal_in_any_case(c, name); });
        if (at != columns.end())
            return index(at);
    }
    throw input_error(
        "no column is called to, phone, number or mobile; name the one with the numbers with --to-column; "
        "the columns are: " +
        printable_list(columns) + advice_on_commas(columns));
}

recipient_reader::recipient_reader(input_file& file, message_plan const& plan)
    : reader_(open_from_start(file)), to_column_(find_to_column(reader_.header(), plan.to_column)),
      template_(message_template::parse(plan.text_template, reader_.header()))
{}

bool recipient_reader::next(recipient& out)
{
    if (!reader_.next(record_))
        return false;
    out.row = record_.row;
    out.to.clear();
    out.text.clear();
    out.problem.clear();
    judge(record_, out);
    return true;
}

void recipient_reader::judge(csv_record const& record, recipient& out)
{
    auto const columns = reader_.header().size();
    auto const problem = [&](std::string what) {
        out.verdict = row_verdict::problem;
        out.problem = reader_.place(record) + std::move(what);
    };
    if (record.field_count != columns)
        return problem(": " + std::to_string(record.field_count) + (record.field_count == 1 ? " field" : " fields") +
                       " where the header has " + std::to_string(columns));

    out.to = record.fields[to_column_];
    if (!is_e164(out.to) && !is_channel_address(out.to)) {
        out.verdict = row_verdict::invalid_number;
        return;
    }
    if (!seen_.insert(out.to)) {
        out.verdict = row_verdict::duplicate;
        return;
    }
    std::size_t empty_column = 0;
    if (!template_.render(record.fields, out.text, empty_column))
        return problem(", column \"" + printable_name(reader_.header()[empty_column]) +
                       "\": empty, and the text needs it");
    auto const length = detail::count_code_points(out.text).value_or(0); // both parts are UTF-8
    if (length > detail::max_text_code_points)
        return problem(": the text has " + std::to_string(length) + " characters; Twilio takes " +
                       std::to_string(detail::max_text_code_points));
    out.verdict = row_verdict::send;
}

recipients_check check_recipients(input_file& file, message_plan const& plan,
                                  std::function<bool(std::uint64_t)> const& keep_going)
{
    recipients_check result;
    auto const add_problem = [&](std::string what) {
        ++result.problem_count;
        if (result.problems.size() < recipients_check::max_shown)
            result.problems.push_back(std::move(what));
    };

    recipient_reader reader(file, plan);
    recipient r;
    try {
        while (reader.next(r)) {
            ++result.rows;
            switch (r.verdict) {
            case row_verdict::send: ++result.to_send; break;
            case row_verdict::invalid_number: ++result.invalid_numbers; break;
            case row_verdict::duplicate: ++result.duplicates; break;
            case row_verdict::problem: add_problem(r.problem); break;
            }
            if (keep_going && result.rows % 1000 == 0 && !keep_going(result.rows))
                break;
        }
    } catch (input_error const& e) { // what was found before it is worth showing
        result.problems.resize(std::min(result.problems.size(), recipients_check::max_shown - 1));
        add_problem(e.what());
    }
    return result;
}

} // namespace twilio_sms::campaign
