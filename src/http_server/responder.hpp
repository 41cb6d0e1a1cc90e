// The handle by which a request is answered, now or later, well or badly.
#pragma once
#include "http_server/response.hpp"
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace twilio_sms::detail::server {

class connection;

/// Appends the next piece of a body; false when that was the last.
using body_producer = std::function<bool(std::string& out)>;

/// Answers one request. The first of `send`, `stream`, `close` and `reset` counts. When dropped unused, the request
/// is never answered and the connection stays open until the client or the server ends it.
/// Use it on the server's executor.
class responder {
public:
    responder() = default;
    explicit responder(std::shared_ptr<connection> c) noexcept : connection_(std::move(c)) {}

    /// False when the connection has ended in the meantime: nobody will read this.
    bool send(response_head const& head, std::string_view body);

    /// A body of unknown length, made piece by piece as fast as the client reads. The connection owns `next`.
    bool stream(response_head const& head, body_producer next);

    /// Bytes as they are, e.g. half a response. The request stays unanswered.
    void send_bytes(std::string_view raw);

    /// Ends the connection properly, after what has been sent.
    void close();

    /// Ends the connection by TCP reset: unsent bytes are dropped.
    void reset();

    bool connected() const noexcept;

private:
    std::shared_ptr<connection> connection_;
};

} // namespace twilio_sms::detail::server
