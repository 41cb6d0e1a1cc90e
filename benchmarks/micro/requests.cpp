// From a notification to the bytes of a request.
#include "cases.hpp"
#include "samples.hpp"
#include "twilio/create_form.hpp"
#include "twilio/request_writer.hpp"
#include <memory>

namespace twilio_sms::benchmarks {
namespace {

micro_case encoding(std::string name, notification const& n)
{
    return repeating(std::move(name), [&n] { keep(detail::encode_create_form(n, sender, {})); });
}

micro_case writing()
{
    auto const writer = std::make_shared<detail::request_writer>(
        detail::request_origin{"api.twilio.com", {}, account_sid, account_sid, "token"});
    return repeating("write_request", [writer, out = detail::secret_string(),
                                       form = detail::encode_create_form(code_message, sender, {})]() mutable {
        writer->write_create(out, form);
        keep(out);
    });
}

} // namespace

std::vector<micro_case> request_cases()
{
    return {encoding("encode_form", code_message), encoding("encode_form_ucs2", long_message), writing()};
}

} // namespace twilio_sms::benchmarks
