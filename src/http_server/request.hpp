// An HTTP request as a server's handler sees it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::detail::server {

/// A complete request. Valid only during the handler's call: copy what is needed later.
class request {
public:
    std::string_view method() const noexcept { return slice(method_); }

    /// As sent: path and query, percent-encoded.
    std::string_view target() const noexcept { return slice(target_); }
    std::string_view path() const noexcept { return target().substr(0, target().find('?')); }

    /// The first header of that name in whatever case; "" when there is none.
    std::string_view header(std::string_view name) const noexcept;

    std::string_view body() const noexcept { return body_; }
    bool from_loopback() const noexcept { return from_loopback_; }

private:
    friend class request_parser;
    friend class connection;

    // Offsets, not pointers, since the text grows while it is read. Reused for the connection's next request.
    struct range {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    struct field {
        range name;
        range value;
    };
    std::string_view slice(range r) const noexcept { return std::string_view(text_).substr(r.begin, r.size); }
    range store(std::string_view s);
    void clear() noexcept;

    std::string text_; // request line and headers
    std::vector<field> fields_;
    range method_;
    range target_;
    std::string body_;
    bool from_loopback_ = false;
};

} // namespace twilio_sms::detail::server
