#include "net/reply_parser.hpp"
#include "net/common_head.hpp"
#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>

namespace twilio_sms::detail {
namespace {

namespace http = boost::beast::http;
using boost::core::string_view;
using boost::system::error_code;

constexpr std::size_t longest_value = 64; // of what is kept of a header field

// Where the parser puts what it finds. Strings keep their memory from reply to reply.
struct kept {
    int status = 0;
    std::string body;
    std::string retry_after;
    std::string date;
    std::string request_id;

    void clear()
    {
        status = 0;
        body.clear();
        retry_after.clear();
        date.clear();
        request_id.clear();
    }
};

// Beast's framing without its message types: no allocation for each header field.
class parser final : public http::basic_parser<false> {
public:
    explicit parser(kept& into) : into_(into)
    {
        header_limit(reply_parser::max_head);
        body_limit(reply_parser::max_body);
        eager(true);
    }

private:
    void on_request_impl(http::verb, string_view, string_view, int, error_code&) override {}

    void on_response_impl(int code, string_view, int, error_code& ec) override
    {
        if (code < 100) // "099": three digits, but neither interim nor final
            ec = http::error::bad_status;
        into_.status = code;
    }

    void on_field_impl(http::field name, string_view text, string_view value, error_code& ec) override
    {
        head_ += text.size() + value.size() + 4; // Beast forgets those it parsed before the rest came
        if (head_ > reply_parser::max_head)
            ec = http::error::header_limit;
        if (name == http::field::retry_after)
            into_.retry_after.assign(value.substr(0, longest_value));
        else if (name == http::field::date)
            into_.date.assign(value.substr(0, longest_value));
        else if (name == http::field::unknown && boost::beast::iequals(text, "Twilio-Request-Id"))
            into_.request_id.assign(value.substr(0, longest_value));
    }

    void on_header_impl(error_code&) override {}

    void on_body_init_impl(boost::optional<std::uint64_t> const& length, error_code&) override
    {
        if (length)
            into_.body.reserve(static_cast<std::size_t>(*length)); // at most max_body, already checked
    }

    std::size_t on_body_impl(string_view part, error_code&) override
    {
        into_.body.append(part);
        return part.size();
    }

    void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, string_view part, error_code& ec) override
    {
        if (into_.body.size() + part.size() > reply_parser::max_body) {
            ec = http::error::body_limit;
            return 0;
        }
        into_.body.append(part);
        return part.size();
    }

    void on_finish_impl(error_code&) override {}

    kept& into_;
    std::size_t head_ = 0; // bytes of header fields
};

} // namespace

struct reply_parser::impl {
    // Who reads the reply. Of a send's 54,000 instructions Beast's parser took 12,000; read_common_head takes 4,000.
    enum class owner { nobody, common, beast };

    kept found;
    owner whose = owner::nobody;
    std::size_t body_left = 0;     // of a common one
    std::optional<parser> current; // Beast's
    std::string unparsed;          // an incomplete head: Beast wants it in one piece
    int interim_replies = 0;
    bool surplus = false;
    bool head_only = false;

    void restart(bool head_alone)
    {
        found.clear();
        whose = owner::nobody;
        unparsed.clear();
        interim_replies = 0;
        surplus = false;
        head_only = head_alone;
    }

    void restart_parser()
    {
        found.clear();
        current.emplace(found);
        current->skip(head_only);
    }

    // Decides whose the reply is, from its first bytes. Returns how many of them were used.
    std::size_t begin(std::string_view bytes)
    {
        auto const head = head_only ? std::nullopt : read_common_head(bytes);
        if (!head) {
            whose = owner::beast;
            restart_parser();
            return 0;
        }
        whose = owner::common;
        body_left = head->body_size;
        found.status = head->status;
        found.retry_after.assign(head->retry_after.substr(0, longest_value));
        found.date.assign(head->date.substr(0, longest_value));
        found.request_id.assign(head->request_id.substr(0, longest_value));
        found.body.reserve(head->body_size);
        return head->size;
    }

    status take_body(std::span<char const> bytes)
    {
        auto const part = bytes.first(std::min(bytes.size(), body_left));
        found.body.append(part.data(), part.size());
        body_left -= part.size();
        surplus = part.size() < bytes.size();
        return body_left == 0 ? status::done : status::need_more;
    }

    status judge(error_code ec) const
    {
        if (ec == http::error::header_limit || ec == http::error::body_limit || ec == http::error::buffer_overflow)
            return status::too_large;
        return status::malformed;
    }

    // Beast asserts that a last chunk which it has begun to look at has 5 bytes. Whatever is missing of a chunked
    // body ends with as many, so waiting for them loses nothing.
    bool too_few(std::size_t left) const
    {
        constexpr std::size_t last_chunk = 5; // "0\r\n\r\n"
        return left < last_chunk && current->is_header_done() && current->chunked();
    }

    // Parses `bytes` and returns how many were used.
    std::size_t parse(std::span<char const> bytes, status& result)
    {
        std::size_t used = 0;
        for (;;) {
            if (used == bytes.size() || too_few(bytes.size() - used))
                return result = status::need_more, used;
            error_code ec;
            used += current->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), ec);
            if (ec == http::error::need_more) {
                result = status::need_more;
                // Beast checks its limit only on a complete head, and none on chunk headers and trailers.
                if (bytes.size() - used > max_head)
                    result = status::too_large;
                return used;
            }
            if (ec)
                return result = judge(ec), used;
            if (!current->is_done())
                continue;
            if (found.status >= 200)
                return result = status::done, used;
            // An interim reply (100 Continue, 103 Early Hints) is not the answer; 101 was not asked for.
            if (found.status == 101 || ++interim_replies > max_interim_replies)
                return result = status::malformed, used;
            restart_parser();
        }
    }
};

reply_parser::reply_parser() : impl_(std::make_unique<impl>()) {}
reply_parser::reply_parser(reply_parser&&) noexcept = default;
reply_parser& reply_parser::operator=(reply_parser&&) noexcept = default;
reply_parser::~reply_parser() = default;

void reply_parser::restart(expect what)
{
    impl_->restart(what == expect::head);
}

reply_parser::status reply_parser::put(std::span<char const> bytes)
{
    using owner = impl::owner;
    if (impl_->whose == owner::nobody)
        bytes = bytes.subspan(impl_->begin({bytes.data(), bytes.size()}));
    if (impl_->whose == owner::common)
        return impl_->take_body(bytes);
    auto& unparsed = impl_->unparsed;
    if (!unparsed.empty()) {
        unparsed.append(bytes.data(), bytes.size());
        bytes = unparsed;
    }
    status result{};
    auto const rest = bytes.subspan(impl_->parse(bytes, result));
    if (result == status::done)
        impl_->surplus = !rest.empty();
    if (unparsed.empty())
        unparsed.assign(rest.begin(), rest.end());
    else
        unparsed.erase(0, unparsed.size() - rest.size());
    return result;
}

reply_parser::status reply_parser::end_of_stream()
{
    if (impl_->whose != impl::owner::beast || !impl_->current->is_header_done() || !impl_->current->need_eof())
        return status::malformed;
    error_code ec;
    impl_->current->put_eof(ec);
    return ec ? impl_->judge(ec) : status::done;
}

int reply_parser::http_status() const noexcept
{
    return impl_->found.status;
}

std::string_view reply_parser::body() const noexcept
{
    return impl_->found.body;
}

std::string_view reply_parser::retry_after() const noexcept
{
    return impl_->found.retry_after;
}

std::string_view reply_parser::date() const noexcept
{
    return impl_->found.date;
}

std::string_view reply_parser::request_id() const noexcept
{
    return impl_->found.request_id;
}

bool reply_parser::keep_alive() const noexcept
{
    switch (impl_->whose) {
    case impl::owner::nobody: return false;
    case impl::owner::common: return impl_->body_left == 0;
    case impl::owner::beast: return impl_->current->is_done() && impl_->current->keep_alive();
    }
    return false;
}

bool reply_parser::has_surplus() const noexcept
{
    return impl_->surplus;
}

} // namespace twilio_sms::detail
