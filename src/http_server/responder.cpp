#include "http_server/responder.hpp"
#include "http_server/connection.hpp"

namespace twilio_sms::detail::server {

bool responder::send(response_head const& head, std::string_view body)
{
    return connection_ && connection_->send(head, body);
}

bool responder::stream(response_head const& head, body_producer next)
{
    return connection_ && connection_->stream(head, std::move(next));
}

void responder::send_bytes(std::string_view raw)
{
    if (connection_)
        connection_->send_bytes(raw);
}

void responder::close()
{
    if (connection_)
        connection_->close();
}

void responder::reset()
{
    if (connection_)
        connection_->reset();
}

bool responder::connected() const noexcept
{
    return connection_ && connection_->is_open();
}

} // namespace twilio_sms::detail::server
