// Where requests about messages enter a provider.
#pragma once
#include "client/message_request.hpp"

namespace twilio_sms::detail {

/// Thread-safe.
class request_port {
public:
    /// Precondition: somebody waits for its end.
    virtual void start(message_request_ptr request) const = 0;

    virtual dispatcher_settings const& settings() const noexcept = 0;

protected:
    ~request_port() = default;
};

} // namespace twilio_sms::detail
