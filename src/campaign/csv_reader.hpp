// CSV, record by record, in constant memory.
#pragma once
#include "campaign/error.hpp"
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace twilio_sms::campaign {

/// Fills the buffer with the next bytes; fewer than fit only at the end, 0 after it.
using byte_source = std::function<std::size_t(std::span<char>)>;

struct csv_record {
    std::uint64_t row = 0;           ///< 1 is the first record after the header
    std::uint64_t line = 0;          ///< physical line on which it starts; 1 is the file's first
    std::size_t field_count = 0;     ///< fields in the file; a well-formed record has as many as the header
    std::vector<std::string> fields; ///< at most as many as the header has
};

/// Reads RFC 4180 text with a header record: quotes, commas and line ends in quoted fields, LF or CRLF, with or
/// without a UTF-8 byte order mark. Blanks and tabs around a field do not belong to it, unless they are quoted;
/// blank lines are skipped.
///
/// Errors: functions throw `input_error`, `file:line: row, column: what`, for an empty file, a missing header,
/// duplicate column names, binary data (NUL, or not UTF-8), quotes where none may be, an unterminated quote and a field
/// over `max_field` bytes. A record with the wrong number of fields is not an error here: see `field_count`.
class csv_reader {
public:
    static constexpr std::size_t max_field = 64 * 1024; // bytes
    static constexpr std::size_t max_columns = 1000;

    /// Reads the header. `name` is for messages.
    csv_reader(std::string name, byte_source source);
    csv_reader(csv_reader&&) noexcept;
    csv_reader& operator=(csv_reader&&) noexcept;
    ~csv_reader();

    std::vector<std::string> const& header() const noexcept;

    /// Reads the next record into `record`, whose storage is reused; false at the end.
    bool next(csv_record& record);

    /// The place for messages about a record: `customers.csv:12: row 11`.
    std::string place(csv_record const& record) const;

private:
    class impl;
    std::unique_ptr<impl> impl_;
};

} // namespace twilio_sms::campaign
