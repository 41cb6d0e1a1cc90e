#include "http_server/response.hpp"
#include <charconv>
#include <cstdio>
#include <ctime>

namespace twilio_sms::detail::server {
namespace {

void append_number(std::string& out, std::size_t n)
{
    char digits[24];
    auto const end = std::to_chars(digits, digits + sizeof digits, n).ptr;
    out.append(digits, end);
}

} // namespace

void append_response(std::string& out, std::string_view date, response_head const& head, std::string_view body,
                     response_framing framing)
{
    out += "HTTP/1.1 ";
    append_number(out, head.status);
    out += ' ';
    out += head.reason;
    out += "\r\nDate: ";
    out += date;
    out += "\r\n";
    out += head.headers;
    bool const chunked = framing.body == body_framing::chunked;
    if (chunked) {
        out += "Transfer-Encoding: chunked\r\n";
    } else if (head.status != 204) { // which must not have it
        out += "Content-Length: ";
        append_number(out, body.size());
        out += "\r\n";
    }
    out += framing.close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
    if (!chunked && head.status != 204 && !framing.without_body)
        out += body;
}

std::string_view date_cache::at(std::chrono::sys_seconds now)
{
    if (text_.empty() || now != made_for_) {
        std::time_t const t = std::chrono::system_clock::to_time_t(now);
        std::tm utc{};
        gmtime_r(&t, &utc);
        // Not strftime: it would follow the process's locale.
        static constexpr char const* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        char buffer[64];
        int const size =
            std::snprintf(buffer, sizeof buffer, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[utc.tm_wday], utc.tm_mday,
                          months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
        text_.assign(buffer, static_cast<std::size_t>(size));
        made_for_ = now;
    }
    return text_;
}

} // namespace twilio_sms::detail::server
