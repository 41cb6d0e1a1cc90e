// Reads requests from bytes: no socket, one request after the other.
#pragma once
#include "http_server/request.hpp"
#include <boost/beast/http/basic_parser.hpp>
#include <optional>

namespace twilio_sms::detail::server {

inline constexpr std::uint32_t max_request_head = 16 * 1024;
inline constexpr std::uint64_t max_request_body = 1024 * 1024;

/// The requests of one connection. Usage: `feed` until `complete`, use `get()`, then `next()`.
class request_parser {
public:
    enum class status {
        need_more,
        complete,
        failed, ///< not HTTP/1.x, or above the limits; `error_status()` is the answer to give before closing
    };

    request_parser();

    /// Takes `used` bytes off the front; the caller gives the rest again, with more bytes or after `next()`.
    status feed(std::string_view bytes, std::size_t& used);

    request& get() noexcept { return request_; }
    bool keep_alive() const noexcept { return parser_->keep_alive(); }

    /// True once for a request whose client waits for "100 Continue" before it sends the body.
    bool take_expect_continue() noexcept;

    unsigned error_status() const noexcept { return error_status_; }

    void next();

private:
    class collector final : public boost::beast::http::basic_parser<true> {
    public:
        explicit collector(request_parser& owner) noexcept : owner_(owner) {}

    private:
        using error_code = boost::beast::error_code;
        using text = boost::beast::string_view;
        void on_request_impl(boost::beast::http::verb, text method, text target, int version, error_code& ec) override;
        void on_response_impl(int, text, int, error_code&) override {}
        void on_field_impl(boost::beast::http::field name, text name_text, text value, error_code& ec) override;
        void on_header_impl(error_code& ec) override { ec = {}; }
        void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code& ec) override { ec = {}; }
        std::size_t on_body_impl(text body, error_code& ec) override;
        void on_chunk_header_impl(std::uint64_t, text, error_code& ec) override { ec = {}; }
        std::size_t on_chunk_body_impl(std::uint64_t, text body, error_code& ec) override;
        void on_finish_impl(error_code& ec) override { ec = {}; }

        request_parser& owner_;
    };

    request request_;
    std::optional<collector> parser_; // Beast's parsers serve one message each
    unsigned error_status_ = 0;
    bool expect_continue_ = false;
};

} // namespace twilio_sms::detail::server
