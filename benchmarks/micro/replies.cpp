// From the bytes of a reply to a receipt.
#include "cases.hpp"
#include "net/reply_parser.hpp"
#include "samples.hpp"
#include "twilio/message_decoder.hpp"
#include "twilio/reply_decoder.hpp"
#include <memory>
#include <span>

namespace twilio_sms::benchmarks {
namespace {

micro_case parsing()
{
    return repeating("parse_reply", [parser = std::make_shared<detail::reply_parser>()] {
        parser->restart();
        keep(parser->put(std::span<char const>(accepted_reply())));
    });
}

micro_case decoding_an_error()
{
    return repeating("decode_error", [] {
        keep(detail::decode_error(R"({"code":21211,"message":"Invalid 'To' Phone Number: +1555867531X",)"
                                  R"("more_info":"https://www.twilio.com/docs/errors/21211","status":400})",
                                  400));
    });
}

} // namespace

std::vector<micro_case> reply_cases()
{
    return {parsing(),
            repeating("decode_receipt",
                      [] {
                          receipt r;
                          keep(detail::decode_message(accepted_body(), r));
                          keep(r);
                      }),
            decoding_an_error(),
            repeating("decode_message", [] { keep(detail::decode_resource<message>(accepted_body())); })};
}

} // namespace twilio_sms::benchmarks
