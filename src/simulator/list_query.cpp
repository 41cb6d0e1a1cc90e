#include "simulator/list_query.hpp"
#include "simulator/timestamp.hpp"
#include "twilio/form_decode.hpp"
#include <charconv>

namespace twilio_sms::detail::sim {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr std::size_t largest_page = 1000;
constexpr std::size_t most_pages = 1'000'000'000;

std::optional<std::size_t> whole_number(std::string_view text) noexcept
{
    std::size_t n = 0;
    auto const end = text.data() + text.size();
    auto const [stop, ec] = std::from_chars(text.data(), end, n);
    return ec == std::errc() && stop == end ? std::optional(n) : std::nullopt;
}

struct date {
    sys_seconds at;
    bool whole_day;
};

std::optional<date> read_date(std::string_view text)
{
    bool const whole_day = text.size() == 10;
    auto const at = parse_iso8601(whole_day ? std::string(text) + "T00:00:00Z" : std::string(text));
    return at ? std::optional(date{*at, whole_day}) : std::nullopt;
}

// `operation` is what follows the name: nothing, '<' or '>'; each includes its end.
void narrow(list_query& q, std::string_view operation, date d)
{
    auto const day = floor<days>(d.at);
    sys_seconds const after = d.whole_day ? day + days(1) : d.at + seconds(1);
    if (operation != "<")
        q.sent_from = operation.empty() ? sys_seconds(day) : d.at;
    if (operation != ">")
        q.sent_before = operation.empty() ? sys_seconds(day + days(1)) : after;
}

} // namespace

std::optional<api_error> read_list_query(std::string_view query, std::string& storage, list_query& into)
{
    static constexpr std::string_view date_sent = "DateSent";
    storage.resize(query.size());
    char* to = storage.data();
    into = list_query();
    std::optional<api_error> error;
    for_each_form_field(query, [&](std::string_view encoded_name, std::string_view encoded_value) {
        std::string_view name;
        std::string_view value;
        if (!decode_form_value(encoded_name, to, name) || !decode_form_value(encoded_value, to, value)) {
            error = api_error{422, 20422, "Invalid Parameter: the query is not percent-encoded properly"};
        } else if (name == "To") {
            into.to = value;
        } else if (name == "From") {
            into.from = value;
        } else if (name == "PageToken") {
            into.page_token = value;
        } else if (name == "Page") {
            into.page = std::min(whole_number(value).value_or(0), most_pages); // a label: a wrong one does no harm
        } else if (name == "PageSize") {
            into.page_size = whole_number(value).value_or(0);
            if (into.page_size < 1 || into.page_size > largest_page)
                error = api_error{400, 20007, "Page size must be a number from 1 to 1000"};
        } else if (name.starts_with(date_sent) && !value.empty()) {
            auto const operation = name.substr(date_sent.size());
            auto const d = read_date(value);
            if (!operation.empty() && operation != "<" && operation != ">")
                return true; // an unknown parameter
            if (d)
                narrow(into, operation, *d);
            else
                error = api_error{422, 20422, "Invalid Parameter: DateSent must be YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ"};
        }
        return !error;
    });
    return error;
}

void append_filters(std::string& out, std::string_view query)
{
    for_each_form_field(query, [&](std::string_view name, std::string_view value) {
        if (name != "PageSize" && name != "Page" && name != "PageToken") {
            out += name;
            out += '=';
            out += value;
            out += '&';
        }
        return true;
    });
}

} // namespace twilio_sms::detail::sim
