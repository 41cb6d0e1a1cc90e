#include "twilio/reply_decoder.hpp"
#include "core/harmless_text.hpp"
#include "core/notification_check.hpp"
#include "core/retry_after.hpp"
#include "core/utf8.hpp"
#include <algorithm>
#include <array>
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cstdint>
#include <limits>
#include <twilio_sms/phone_number.hpp>

namespace twilio_sms::detail {
namespace {

namespace json = boost::json;
using json_error = boost::system::error_code;

constexpr std::size_t longest_string = 4096; // kept of any string
constexpr std::size_t longest_message = 300; // kept of Twilio's error text
constexpr std::size_t deepest_nesting = 8;

/// A short text in place. One that does not fit counts as empty.
template <std::size_t Capacity>
class short_text {
public:
    void clear() noexcept { size_ = 0; }
    void append(std::string_view part) noexcept
    {
        if (part.size() > Capacity - std::min(size_, Capacity)) {
            size_ = Capacity + 1;
            return;
        }
        std::ranges::copy(part, buffer_.data() + size_);
        size_ += part.size();
    }
    bool empty() const noexcept { return size_ == 0; }
    std::string_view view() const noexcept { return {buffer_.data(), size_ > Capacity ? 0 : size_}; }

private:
    std::array<char, Capacity> buffer_;
    std::size_t size_ = 0;
};

// Bounded, but it may end within a character: `cut` belongs to it.
void append_capped(std::string& to, std::string_view part)
{
    constexpr std::size_t longest = longest_string + 3;
    to += part.substr(0, longest - std::min(to.size(), longest));
}

// The longest start of `text` that has at most `longest` bytes and ends between characters.
void cut(std::string& text, std::size_t longest)
{
    if (text.size() <= longest)
        return;
    std::string_view rest(text);
    std::size_t whole = 0;
    while (take_code_point(rest) && text.size() - rest.size() <= longest)
        whole = text.size() - rest.size();
    text.resize(whole);
}

/// Hands the members of the outermost object to a sink; everything deeper is passed over. Keys and strings may come
/// in parts. A sink has `select(key)`, then for the value `clear()` and `append(part)` of a string, or `integer(n)`.
template <class Sink>
struct member_handler {
    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size; // the size of the body is limited before this
    static constexpr std::size_t max_string_size = max_object_size;

    explicit member_handler(Sink& s) noexcept : sink(s) {}

    bool on_document_begin(json_error&) noexcept { return true; }
    bool on_document_end(json_error&) noexcept { return true; }
    bool on_object_begin(json_error&) noexcept
    {
        if (depth++ == 0)
            outermost_is_object = true;
        return true;
    }
    bool on_object_end(std::size_t, json_error&) noexcept
    {
        --depth;
        return true;
    }
    bool on_array_begin(json_error&) noexcept
    {
        ++depth;
        return true;
    }
    bool on_array_end(std::size_t, json_error&) noexcept
    {
        --depth;
        return true;
    }
    bool on_key_part(json::string_view s, std::size_t, json_error&) noexcept
    {
        key.append({s.data(), s.size()});
        return true;
    }
    bool on_key(json::string_view s, std::size_t, json_error&) noexcept
    {
        if (is_member())
            select({s.data(), s.size()});
        key.clear();
        return true;
    }
    bool on_string_part(json::string_view s, std::size_t, json_error&)
    {
        take({s.data(), s.size()});
        return true;
    }
    bool on_string(json::string_view s, std::size_t, json_error&)
    {
        take({s.data(), s.size()});
        in_string = false;
        return true;
    }
    bool on_number_part(json::string_view, json_error&) noexcept { return true; }
    bool on_int64(std::int64_t n, json::string_view, json_error&) noexcept
    {
        if (is_member())
            sink.integer(n);
        return true;
    }
    bool on_uint64(std::uint64_t, json::string_view, json_error&) noexcept { return true; } // above any code of Twilio
    bool on_double(double, json::string_view, json_error&) noexcept { return true; }
    bool on_bool(bool, json_error&) noexcept { return true; }
    bool on_null(json_error&) noexcept { return true; }
    bool on_comment_part(json::string_view, json_error&) noexcept { return true; }
    bool on_comment(json::string_view, json_error&) noexcept { return true; }

    void select(std::string_view last_part) noexcept
    {
        if (key.empty()) // the whole key, nearly always
            return sink.select(last_part);
        key.append(last_part);
        sink.select(key.view());
    }
    bool is_member() const noexcept { return depth == 1 && outermost_is_object; }
    void take(std::string_view part)
    {
        if (!is_member())
            return;
        if (!in_string)
            sink.clear();
        in_string = true;
        sink.append(part);
    }

    Sink& sink;
    short_text<32> key;
    std::size_t depth = 0;
    bool outermost_is_object = false;
    bool in_string = false;
};

/// True when the body is one JSON object and nothing else.
template <class Sink>
bool decode_object(std::string_view body, Sink& sink)
{
    json::parse_options options;
    options.max_depth = deepest_nesting;
    json::basic_parser<member_handler<Sink>> parser(options, sink);
    json_error error;
    auto const taken = parser.write_some(false, body.data(), body.size(), error);
    return !error && taken == body.size() && parser.handler().outermost_is_object;
}

/// Keeps what a receipt needs.
class receipt_sink {
public:
    receipt_sink(receipt& into, std::string* to) noexcept : into_(into), to_(to) {}

    void select(std::string_view key) noexcept
    {
        text_ = nullptr;
        segments_selected_ = date_selected_ = false;
        if (key == "sid")
            text_ = &into_.sid;
        else if (key == "status")
            text_ = &into_.status;
        else if (key == "from")
            text_ = &into_.from;
        else if (key == "to")
            text_ = to_;
        else if (key == "messaging_service_sid")
            text_ = &into_.messaging_service_sid;
        else if (key == "num_segments")
            segments_selected_ = true;
        else if (key == "date_created")
            date_selected_ = true;
    }
    void clear() noexcept
    {
        if (text_)
            text_->clear();
        else if (segments_selected_)
            segments_.clear();
        else if (date_selected_)
            date_.clear();
    }
    void append(std::string_view part)
    {
        if (text_)
            append_capped(*text_, part);
        else if (segments_selected_)
            segments_.append(part);
        else if (date_selected_)
            date_.append(part);
    }
    void integer(std::int64_t) noexcept {}

    void finish() noexcept
    {
        for (auto* text : {&into_.sid, &into_.status, &into_.from, &into_.messaging_service_sid})
            cut(*text, longest_string);
        auto const digits = segments_.view();
        int n = 0;
        auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), n);
        if (error == std::errc() && end == digits.data() + digits.size() && n >= 0)
            into_.segments = n;
        if (auto const date = parse_date(date_.view()))
            into_.date_created = *date;
    }

private:
    receipt& into_;
    std::string* to_;
    std::string* text_ = nullptr;
    bool segments_selected_ = false;
    bool date_selected_ = false;
    short_text<16> segments_; // a string that holds an integer
    short_text<40> date_;
};

/// Keeps `code` and `message` of an error body.
class error_sink {
public:
    std::int64_t code = 0;
    std::string message;

    void select(std::string_view key) noexcept
    {
        is_code_ = key == "code";
        is_message_ = key == "message";
    }
    void clear() noexcept
    {
        if (is_message_)
            message.clear();
    }
    void append(std::string_view part)
    {
        if (is_message_)
            append_capped(message, part);
    }
    void integer(std::int64_t n) noexcept
    {
        if (is_code_)
            code = n;
    }

private:
    bool is_code_ = false;
    bool is_message_ = false;
};

// One line before masking, so that a line break inside a number hides nothing; masking before cutting, so that the
// cut leaves no number too short to be seen as one.
std::string presentable(std::string text)
{
    text = harmless(text);
    text = mask_phone_numbers_in(text);
    cut(text, longest_message);
    return text;
}

} // namespace

bool decode_message(std::string_view body, receipt& into, std::string* to)
{
    if (to)
        to->clear();
    receipt_sink sink(into, to);
    if (!decode_object(body, sink))
        return false;
    sink.finish();
    return is_message_sid(into.sid);
}

bool may_be_recipient(std::string_view named, std::string_view sent_to) noexcept
{
    return named == sent_to || !is_e164(named) || !is_e164(sent_to);
}

error_reply decode_error(std::string_view body, int http_status)
{
    error_sink sink;
    if (!decode_object(body, sink))
        return {};
    error_reply reply;
    if (sink.code > 0 && sink.code <= std::numeric_limits<int>::max() && sink.code != http_status)
        reply.code = static_cast<int>(sink.code);
    reply.message = presentable(std::move(sink.message));
    return reply;
}

} // namespace twilio_sms::detail
