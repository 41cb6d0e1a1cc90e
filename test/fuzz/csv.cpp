// CSV. Input: a line of cuts, then the file.
// - Cutting changes nothing: the same records, and an error in both or in none.
// - Records are counted from 1, their fields are bounded UTF-8, and errors are one printable line with a place.
// - Records written again, all in quotes, are read as the same.
#include "campaign/csv_reader.hpp"
#include "core/utf8.hpp"
#include "property.hpp"
#include <span>
#include <string>
#include <vector>

using namespace twilio_sms;
using fuzz::require;

namespace {

struct contents {
    std::vector<std::vector<std::string>> records; // the header first, when there is one
    std::vector<std::uint64_t> lines;              // on which each record but the header starts
    std::string error;
};

bool is_one_line(std::string_view text)
{
    return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
}

contents read(std::string_view file, std::string_view cuts)
{
    auto const source = [&, turn = std::size_t(0)](std::span<char> into) mutable {
        std::size_t taken = 0;
        auto const cut = cuts.empty() ? cuts : cuts.substr(turn++ % cuts.size(), 1);
        file = fuzz::in_pieces(file, cut, [&](std::string_view piece) {
            taken = std::min(piece.size(), into.size());
            std::copy_n(piece.data(), taken, into.data());
            return false;
        });
        return taken;
    };
    contents found;
    try {
        campaign::csv_reader reader("f.csv", source);
        auto const columns = reader.header().size();
        require(columns > 0 && columns <= campaign::csv_reader::max_columns, "a header names some columns");
        found.records.push_back(reader.header());
        campaign::csv_record record;
        std::uint64_t line = 1;
        while (reader.next(record)) {
            require(record.row == found.records.size(), "rows are counted from 1");
            require(record.line >= line, "lines are counted upwards");
            line = record.line;
            require(record.fields.size() == std::min(record.field_count, columns), "no more fields than columns");
            require(reader.place(record).starts_with("f.csv:" + std::to_string(line) + ": row "),
                    "a record has a place");
            found.lines.push_back(line);
            found.records.push_back(record.fields);
        }
    } catch (campaign::input_error const& e) {
        found.error = e.what();
        require(found.error.starts_with("f.csv:") && found.error.size() <= 1000,
                "an error says where, and not at length");
        require(is_one_line(found.error) && detail::count_code_points(found.error), "an error is one line of text");
    }
    for (auto const& record : found.records)
        for (auto const& field : record) {
            require(field.size() <= campaign::csv_reader::max_field, "a field is bounded");
            require(detail::count_code_points(field) && field.find('\0') == field.npos, "a field is text");
        }
    return found;
}

std::string written(std::vector<std::string> const& record)
{
    std::string text;
    for (auto const& field : record) {
        text += text.empty() ? "\"" : ",\"";
        for (char const c : field)
            text += c == '"' ? std::string("\"\"") : std::string(1, c);
        text += '"';
    }
    return text + "\r\n";
}

// CR LF is one, CR and LF alone are one each.
std::uint64_t line_ends(std::string_view text)
{
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        n += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    return n;
}

void check_written_again(std::vector<std::vector<std::string>> const& records)
{
    std::string file;
    std::vector<std::uint64_t> lines;
    for (auto const& record : records) {
        lines.push_back(1 + line_ends(file));
        file += written(record);
    }
    auto const again = read(file, {});
    require(again.error.empty() == !records.empty(), "records written again are read without an error");
    require(again.records == records, "records written again are the same");
    require(records.empty() || std::ranges::equal(again.lines, std::span(lines).subspan(1)), "lines are counted");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::input in(data, size);
    auto const cuts = in.line();
    auto const whole = read(in.rest(), {});
    if (!in.rest().starts_with("\xef") || cuts.empty()) { // a byte order mark is looked for in the first read only
        auto const cut = read(in.rest(), cuts);
        require(whole.records == cut.records && whole.lines == cut.lines, "cutting does not change the records");
        require(whole.error.empty() == cut.error.empty(), "cutting does not change whether there is an error");
    }
    check_written_again(whole.records);
    return 0;
}
