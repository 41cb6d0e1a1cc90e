// One HTTP/1.1 reply with only the header fields that matter kept. What looks as nearly all replies do is framed at
// once, all else by Beast's parser.
#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace twilio_sms::detail {

/// Not thread-safe. Used again for each reply of a connection, so that its buffers are.
class reply_parser {
public:
    static constexpr std::size_t max_head = 16 * 1024;
    static constexpr std::size_t max_body = 1024 * 1024;
    static constexpr int max_interim_replies = 8; ///< 1xx replies skipped before one that counts

    enum class status { need_more, done, malformed, too_large };

    reply_parser();
    reply_parser(reply_parser&&) noexcept;
    reply_parser& operator=(reply_parser&&) noexcept;
    ~reply_parser();

    /// `head`: the reply ends with its head, whatever that says, as one to CONNECT does.
    enum class expect { head, whole };

    /// Forgets everything, for the next reply.
    void restart(expect what = expect::whole);

    /// Takes bytes of the stream. `done` when the reply is complete; bytes after its end set `has_surplus`.
    status put(std::span<char const> bytes);

    /// The stream ended: completes a reply whose body has no declared length; any other incomplete one is malformed.
    status end_of_stream();

    int http_status() const noexcept;
    std::string_view body() const noexcept;
    std::string_view retry_after() const noexcept; ///< the header's value; "" when absent
    std::string_view date() const noexcept;        ///< the header's value; "" when absent
    std::string_view request_id() const noexcept;  ///< Twilio-Request-Id, at most 64 characters
    bool keep_alive() const noexcept;              ///< the peer lets the connection be used again
    bool has_surplus() const noexcept;             ///< more bytes came than the reply has

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

} // namespace twilio_sms::detail
