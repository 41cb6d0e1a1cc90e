#include "simulator/reply_headers.hpp"
#include <cstdio>

namespace twilio_sms::detail::sim {
namespace {

constexpr std::string_view constant_headers =
    "Access-Control-Allow-Origin: *\r\n"
    "Access-Control-Allow-Headers: Accept, Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, "
    "If-Unmodified-Since, Idempotency-Key\r\n"
    "Access-Control-Allow-Methods: GET, POST, DELETE, OPTIONS\r\n"
    "Access-Control-Expose-Headers: ETag\r\n"
    "Access-Control-Allow-Credentials: true\r\n"
    "X-Powered-By: AT-5000\r\n"
    "X-Shenanigans: none\r\n"
    "X-Home-Region: us1\r\n"
    "X-API-Domain: api.twilio.com\r\n"
    "Strict-Transport-Security: max-age=31536000\r\n";

} // namespace

std::string_view reason_phrase(unsigned status) noexcept
{
    switch (status) {
    case 200: return "OK";
    case 201: return "CREATED";
    case 204: return "NO CONTENT";
    case 400: return "BAD REQUEST";
    case 401: return "UNAUTHORIZED";
    case 403: return "FORBIDDEN";
    case 404: return "NOT FOUND";
    case 405: return "METHOD NOT ALLOWED";
    case 409: return "CONFLICT";
    case 422: return "UNPROCESSABLE ENTITY";
    case 429: return "TOO MANY REQUESTS";
    case 500: return "INTERNAL SERVER ERROR";
    case 503: return "SERVICE UNAVAILABLE";
    default: return "UNKNOWN";
    }
}

void append_reply_headers(std::string& out, answer const& a, sid_sequence const& request_ids,
                          std::uint64_t request_number, std::chrono::milliseconds duration)
{
    if (a.html_page) {
        out += "Content-Type: text/html\r\n";
        return;
    }
    out += "Content-Type: application/json\r\nTwilio-Concurrent-Requests: ";
    out += std::to_string(a.concurrent_requests);
    out += "\r\nTwilio-Request-Id: ";
    request_ids.append(out, "RQ", request_number);
    char text[32];
    int const size = std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(duration.count() / 1000),
                                   static_cast<long long>(duration.count() % 1000));
    out += "\r\nTwilio-Request-Duration: ";
    out.append(text, static_cast<std::size_t>(size));
    out += "\r\n";
    if (a.status == 401)
        out += "WWW-Authenticate: Basic realm=\"Twilio API\"\r\n";
    out += constant_headers;
}

} // namespace twilio_sms::detail::sim
