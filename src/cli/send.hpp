// `twilio-sms send`, after its flags are read.
#pragma once
#include <boost/asio/io_context.hpp>
#include <twilio_sms/notification.hpp>
#include <twilio_sms/provider_options.hpp>

namespace twilio_sms::cli {

struct send_request {
    notification message;
    provider_options options;
    bool json = false;
};

/// Sends it, prints what became of it and returns the exit code.
/// Errors: throws `options_error`.
/// `io` has no other work.
int run_send(boost::asio::io_context& io, send_request const& request);

} // namespace twilio_sms::cli
