// A provider from the command line's options.
#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <twilio_sms/provider.hpp>

namespace twilio_sms::cli {

/// Errors: throws `options_error` for what is wrong with the options, `campaign::input_error` for an unusable
/// `ca_file`.
provider make_provider(boost::asio::any_io_executor executor, provider_options options);

} // namespace twilio_sms::cli
