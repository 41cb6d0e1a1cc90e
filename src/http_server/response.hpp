// HTTP responses as text.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

namespace twilio_sms::detail::server {

/// What comes before the body. The server adds Date, Content-Length and Connection itself.
struct response_head {
    unsigned status = 200;
    std::string_view reason = "OK";
    std::string_view headers;                ///< whole lines, each with its CR LF
    std::chrono::milliseconds clock_skew{0}; ///< the Date header is that much ahead
};

enum class body_framing { content_length, chunked };

struct response_framing {
    body_framing body = body_framing::content_length;
    bool close = false;        ///< the connection ends after this response
    bool without_body = false; ///< the answer to a HEAD request
};

/// Appends the whole response; for a chunked one only its head (`body` is not used).
void append_response(std::string& out, std::string_view date, response_head const& head, std::string_view body,
                     response_framing framing);

/// The Date header's value, made anew once a second.
class date_cache {
public:
    std::string_view at(std::chrono::sys_seconds now);

private:
    std::chrono::sys_seconds made_for_{};
    std::string text_;
};

} // namespace twilio_sms::detail::server
