// The rows of a campaign's CSV file: who gets which text, and who is skipped.
#pragma once
#include "campaign/csv_reader.hpp"
#include "campaign/input_file.hpp"
#include "campaign/message_template.hpp"
#include "campaign/seen_recipients.hpp"
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace twilio_sms::campaign {

enum class row_verdict : std::uint8_t {
    send,
    invalid_number, ///< neither E.164 nor a channel address: skipped
    duplicate,      ///< an earlier row has this recipient: skipped
    problem,        ///< the row cannot be sent as it is; the campaign must not start
};

struct recipient {
    row_verdict verdict = row_verdict::send;
    std::uint64_t row = 0; ///< 1 is the first record after the header
    std::string to;        ///< as in the file
    std::string text;      ///< only with `row_verdict::send`
    std::string problem;   ///< only with `row_verdict::problem`: one line with place, without values
};

/// The column with the number: `wanted`, or when that is empty the first of `to`, `phone`, `number`, `mobile` in the
/// header, in any case. Throws `input_error` naming the columns when there is none.
std::size_t find_to_column(std::vector<std::string> const& columns, std::string const& wanted);

/// What does not change from row to row.
struct message_plan {
    std::string text_template;
    std::string to_column; ///< empty: see `find_to_column`
};

/// One pass over the file, from its start. Two passes over an unchanged file give the same rows and verdicts.
/// `file` must outlive it.
class recipient_reader {
public:
    /// Reads the header and parses the template. Throws `input_error`.
    recipient_reader(input_file& file, message_plan const& plan);

    /// The next row; false at the end. Throws `input_error` when the file cannot be read further, `local_failure`.
    bool next(recipient& out);

private:
    void judge(csv_record const& record, recipient& out);

    csv_reader reader_;
    std::size_t to_column_;
    message_template template_;
    seen_recipients seen_;
    csv_record record_; // storage for reuse
};

/// What a pass over the whole file found, before anything is sent.
struct recipients_check {
    static constexpr std::size_t max_shown = 20;

    std::uint64_t rows = 0;
    std::uint64_t to_send = 0;
    std::uint64_t invalid_numbers = 0;
    std::uint64_t duplicates = 0;
    std::uint64_t problem_count = 0;
    std::vector<std::string> problems; ///< the first `max_shown`
};

/// Checks every row. `keep_going`, when set, is asked after every 1,000 rows with their number so far; false ends the
/// check early. A file that cannot be read on is a problem too, the last one.
/// Errors: `input_error` from the header, the template or the file's name; `local_failure`.
recipients_check check_recipients(input_file& file, message_plan const& plan,
                                  std::function<bool(std::uint64_t)> const& keep_going = {});

} // namespace twilio_sms::campaign
