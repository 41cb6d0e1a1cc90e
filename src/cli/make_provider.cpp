#include "cli/make_provider.hpp"
#include "campaign/error.hpp"
#include "cli/option_names.hpp"
#include <utility>

namespace twilio_sms::cli {

provider make_provider(boost::asio::any_io_executor executor, provider_options options)
{
    bool const has_ca_file = !options.ca_file.empty();
    try {
        return provider(std::move(executor), std::move(options));
    } catch (std::runtime_error const& e) {
        if (!has_ca_file)
            throw;
        throw campaign::input_error(with_names_of_flags(e.what())); // it names the option and the fix
    }
}

} // namespace twilio_sms::cli
