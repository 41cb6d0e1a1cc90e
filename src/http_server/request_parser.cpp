#include "http_server/request_parser.hpp"
#include <boost/beast/http/error.hpp>

namespace twilio_sms::detail::server {
namespace http = boost::beast::http;

namespace {

std::string_view view(boost::beast::string_view s) noexcept
{
    return {s.data(), s.size()};
}

} // namespace

void request_parser::collector::on_request_impl(http::verb, text method, text target, int, error_code& ec)
{
    ec = {};
    owner_.request_.method_ = owner_.request_.store(view(method));
    owner_.request_.target_ = owner_.request_.store(view(target));
}

void request_parser::collector::on_field_impl(http::field name, text name_text, text value, error_code& ec)
{
    ec = {};
    request& r = owner_.request_;
    auto const stored_name = r.store(view(name_text));
    r.fields_.push_back({stored_name, r.store(view(value))});
    if (name == http::field::expect)
        owner_.expect_continue_ = boost::beast::iequals(value, "100-continue");
}

std::size_t request_parser::collector::on_body_impl(text body, error_code& ec)
{
    ec = {};
    owner_.request_.body_ += view(body);
    return body.size();
}

std::size_t request_parser::collector::on_chunk_body_impl(std::uint64_t, text body, error_code& ec)
{
    return on_body_impl(body, ec);
}

request_parser::request_parser()
{
    next();
}

void request_parser::next()
{
    request_.clear();
    expect_continue_ = false;
    parser_.emplace(*this);
    parser_->header_limit(max_request_head);
    parser_->body_limit(max_request_body);
}

request_parser::status request_parser::feed(std::string_view bytes, std::size_t& used)
{
    used = 0;
    // Beast asserts that a last chunk which it has begun to look at has 5 bytes ("0\r\n\r\n"); so many always follow.
    auto const smallest = [this] { return parser_->is_header_done() && parser_->chunked() ? 5u : 1u; };
    while (!parser_->is_done() && bytes.size() - used >= smallest()) {
        boost::beast::error_code ec;
        used += parser_->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), ec);
        if (ec == http::error::need_more)
            break;
        if (ec) {
            error_status_ = ec == http::error::header_limit ? 431 : ec == http::error::body_limit ? 413 : 400;
            return status::failed;
        }
    }
    return parser_->is_done() ? status::complete : status::need_more;
}

bool request_parser::take_expect_continue() noexcept
{
    return parser_->is_header_done() && std::exchange(expect_continue_, false);
}

} // namespace twilio_sms::detail::server
