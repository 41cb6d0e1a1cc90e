#include "campaign/csv_reader.hpp"
#include "core/utf8.hpp"
#include <algorithm>
#include <csv.h>
#include <exception>
#include <new>
#include <string_view>
#include <twilio_sms/phone_number.hpp>
#include <utility>

namespace twilio_sms::campaign {

// libcsv is pushed bytes and calls back. It is fed one physical line at a time, which ends at most one record, so
// that records can be pulled and the line of each is known.
class csv_reader::impl {
public:
    impl(std::string name, byte_source source) : name_(std::move(name)), source_(std::move(source)), buffer_(64 * 1024)
    {
        if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0)
            throw std::bad_alloc();
        csv_set_blk_size(&parser_, 4096);
    }
    impl(impl const&) = delete;
    impl& operator=(impl const&) = delete;
    ~impl() { csv_free(&parser_); }

    void read_header()
    {
        fill();
        if (begin_ == end_)
            throw input_error(name_ + ": the file is empty; its first line must name the columns");
        constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
        if (std::string_view(buffer_.data(), end_).starts_with(byte_order_mark))
            begin_ += byte_order_mark.size();

        csv_record record;
        if (!read(record))
            throw input_error(name_ + ": no header: the first line must name the columns, and there is none");
        check_header(record);
        header_ = std::move(record.fields);
    }

    bool read(csv_record& record)
    {
        record_ = &record;
        record.fields.resize(columns());
        record.field_count = 0;
        record_done_ = false;
        while (!record_done_) {
            if (begin_ == end_ && !fill())
                return finish();
            feed(next_line());
        }
        return true;
    }

    std::vector<std::string> const& header() const noexcept { return header_; }

    std::string place(std::uint64_t line, std::uint64_t row) const
    {
        return name_ + ':' + std::to_string(line) + ": " + (row == 0 ? "header" : "row " + std::to_string(row));
    }

private:
    std::size_t columns() const noexcept { return header_.empty() ? max_columns : header_.size(); }

    bool fill()
    {
        begin_ = 0;
        end_ = source_(buffer_);
        return end_ != 0;
    }

    // The rest of the current physical line, as far as it is in the buffer, with its end.
    std::string_view next_line()
    {
        auto const first = buffer_.data() + begin_;
        auto const last = buffer_.data() + end_;
        if (after_cr_ && *first != '\n')
            ++line_; // a CR alone ended the line before
        after_cr_ = false;
        auto at = std::find_if(first, last, [](char c) { return c == '\n' || c == '\r'; });
        if (at != last)
            ++at;
        begin_ += static_cast<std::size_t>(at - first);
        return {first, static_cast<std::size_t>(at - first)};
    }

    void feed(std::string_view line)
    {
        if (line.find('\0') != line.npos)
            fail("binary data (a NUL byte); save the file as CSV text in UTF-8");
        if (!record_open_ && line.find_first_not_of(" \t\r\n") != line.npos) {
            record_open_ = true;
            record_line_ = line_;
        }
        auto const consumed = csv_parse(&parser_, line.data(), line.size(), on_field, on_record, this);
        rethrow();
        if (consumed != line.size())
            fail_parse();
        if (parser_.entry_pos > max_field)
            fail_too_long(field_count_);
        if (line.back() == '\n')
            ++line_;
        after_cr_ = line.back() == '\r';
    }

    // The last record may have no line end.
    bool finish()
    {
        auto const result = csv_fini(&parser_, on_field, on_record, this);
        rethrow();
        if (result != 0)
            fail_parse();
        return record_done_;
    }

    void fail_parse()
    {
        switch (csv_error(&parser_)) {
        case CSV_ENOMEM:
        case CSV_ETOOBIG: throw std::bad_alloc();
        default: break;
        }
        if (begin_ == end_ && end_ == 0)
            fail_field(field_count_, "a quoted field does not end; a closing quote is missing");
        fail_field(field_count_,
                   "a quote inside a field; put the whole field in quotes and write a quote in it twice (\"\")");
    }

    [[noreturn]] void fail(std::string_view what) const
    {
        throw input_error(place(line_, row_) + ": " + std::string(what));
    }

    // With the line on which the record starts: a missing quote is found far behind it.
    [[noreturn]] void fail_field(std::size_t field, std::string_view what) const
    {
        auto const column =
            field < header_.size() ? '"' + printable_name(header_[field]) + '"' : std::to_string(field + 1);
        throw input_error(place(record_line_, row_) + ", column " + column + ": " + std::string(what));
    }

    [[noreturn]] void fail_too_long(std::size_t field) const
    {
        fail_field(field, "a field of more than 64 KiB; is a closing quote missing?");
    }

    void check_header(csv_record const& record) const
    {
        if (record.field_count > max_columns)
            throw input_error(place(record.line, 0) + ": more than " + std::to_string(max_columns) + " columns");
        auto const& names = record.fields;
        auto const no_header = [&](char const* why) {
            throw input_error(place(record.line, 0) + ": no header: the first line must name the columns, " + why);
        };
        if (std::ranges::all_of(names, &std::string::empty))
            no_header("and it names none");
        if (std::ranges::any_of(names, [](auto const& n) { return is_e164(n); }))
            no_header("but it holds a phone number");
        auto sorted = names;
        std::ranges::sort(sorted);
        auto const twice =
            std::ranges::adjacent_find(sorted, [](auto const& a, auto const& b) { return !a.empty() && a == b; });
        if (twice != sorted.end())
            throw input_error(place(record.line, 0) + ": two columns have the name \"" + printable_name(*twice) + '"');
    }

    void take_field(std::string_view value)
    {
        auto const field = field_count_++;
        if (value.size() > max_field)
            fail_too_long(field);
        if (!detail::count_code_points(value))
            fail_field(field, "binary data or another encoding (not UTF-8); save the file as CSV text in UTF-8");
        if (field < record_->fields.size())
            record_->fields[field] = value;
    }

    void take_record()
    {
        record_->row = row_++;
        record_->line = record_line_;
        record_->field_count = std::exchange(field_count_, 0);
        record_->fields.resize(std::min(record_->field_count, columns()));
        record_open_ = false;
        record_done_ = true;
    }

    // Exceptions must not pass through libcsv's C frames.
    template <class F>
    void guarded(F f) noexcept
    {
        if (error_)
            return;
        try {
            f();
        } catch (...) {
            error_ = std::current_exception();
        }
    }
    void rethrow()
    {
        if (error_)
            std::rethrow_exception(std::exchange(error_, nullptr));
    }
    static void on_field(void* data, std::size_t size, void* self)
    {
        auto& r = *static_cast<impl*>(self);
        r.guarded([&] { r.take_field({static_cast<char const*>(data), size}); });
    }
    static void on_record(int, void* self)
    {
        auto& r = *static_cast<impl*>(self);
        r.guarded([&] { r.take_record(); });
    }

    std::string name_;
    byte_source source_;
    csv_parser parser_{};
    std::vector<std::string> header_;

    std::vector<char> buffer_;
    std::size_t begin_ = 0, end_ = 0; // what of the buffer is not parsed yet
    std::uint64_t line_ = 1;
    bool after_cr_ = false;

    csv_record* record_ = nullptr; // being filled
    std::uint64_t row_ = 0;        // 0 is the header
    std::uint64_t record_line_ = 1;
    std::size_t field_count_ = 0;
    bool record_open_ = false;
    bool record_done_ = false;
    std::exception_ptr error_;
};

csv_reader::csv_reader(std::string name, byte_source source)
    : impl_(std::make_unique<impl>(std::move(name), std::move(source)))
{
    impl_->read_header();
}
csv_reader::csv_reader(csv_reader&&) noexcept = default;
csv_reader& csv_reader::operator=(csv_reader&&) noexcept = default;
csv_reader::~csv_reader() = default;

std::vector<std::string> const& csv_reader::header() const noexcept
{
    return impl_->header();
}

bool csv_reader::next(csv_record& record)
{
    return impl_->read(record);
}

std::string csv_reader::place(csv_record const& record) const
{
    return impl_->place(record.line, record.row);
}

} // namespace twilio_sms::campaign
