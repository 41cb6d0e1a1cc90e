#include "samples.hpp"
#include "twilio/create_form.hpp"
#include "twilio/request_writer.hpp"

namespace twilio_sms::benchmarks {

std::string_view accepted_body() noexcept
{
    return R"({"body":"Your verification code is 481516. It expires in 10 minutes. Do not share it with anyone",)"
           R"("num_segments":"1","direction":"outbound-api","from":"+15005550006",)"
           R"("date_updated":"Fri, 03 Nov 2023 17:23:23 +0000","price":null,"error_message":null,)"
           R"("uri":"/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages/)"
           R"(SM8af02b4fd2811b2cf63689cd751d42c7.json","account_sid":"AC00000000000000000000000000000000",)"
           R"("num_media":"0","to":"+15558675310","date_created":"Fri, 03 Nov 2023 17:23:23 +0000",)"
           R"("status":"queued","sid":"SM8af02b4fd2811b2cf63689cd751d42c7","date_sent":null,)"
           R"("messaging_service_sid":null,"error_code":null,"price_unit":"USD","api_version":"2010-04-01",)"
           R"("subresource_uris":{"media":"/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages/)"
           R"(SM8af02b4fd2811b2cf63689cd751d42c7/Media.json"}})";
}

std::string const& accepted_reply()
{
    static std::string const reply = "HTTP/1.1 201 CREATED\r\n"
                                     "Date: Fri, 03 Nov 2023 17:23:23 GMT\r\n"
                                     "Content-Type: application/json;charset=utf-8\r\n"
                                     "Content-Length: " +
                                     std::to_string(accepted_body().size()) +
                                     "\r\n"
                                     "Connection: keep-alive\r\n"
                                     "Twilio-Concurrent-Requests: 1\r\n"
                                     "Twilio-Request-Id: RQ8af02b4fd2811b2cf63689cd751d42c7\r\n"
                                     "Twilio-Request-Duration: 0.143\r\n"
                                     "X-Home-Region: us1\r\n"
                                     "X-API-Domain: api.twilio.com\r\n"
                                     "X-Powered-By: AT-5000\r\n"
                                     "X-Shenanigans: none\r\n"
                                     "Strict-Transport-Security: max-age=31536000\r\n\r\n" +
                                     std::string(accepted_body());
    return reply;
}

detail::secret_string const& create_request()
{
    static detail::secret_string const request = [] {
        detail::request_writer const writer({"api.twilio.com", {}, account_sid, account_sid, "token"});
        detail::secret_string out;
        writer.write_create(out, detail::encode_create_form(code_message, sender, {}));
        return out;
    }();
    return request;
}

} // namespace twilio_sms::benchmarks
