// Bodies of Twilio's replies. Input: the body.
// The decoders read what Boost.JSON's document reader finds, and nothing else: a message is accepted exactly when that
// reader finds an object with a message SID. What comes out is bounded UTF-8, an error's text also one masked line.
#include "core/notification_check.hpp"
#include "core/utf8.hpp"
#include "property.hpp"
#include "twilio/reply_decoder.hpp"
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <optional>
#include <string>
#include <twilio_sms/phone_number.hpp>

using namespace twilio_sms::detail;
using fuzz::require;
namespace json = boost::json;

namespace {

std::optional<json::object> read_object(std::string_view body)
{
    json::parse_options options;
    options.max_depth = 8;
    boost::system::error_code error;
    auto document = json::parse(body, error, {}, options);
    if (error || !document.is_object())
        return std::nullopt;
    return std::move(document.get_object());
}

json::value const* member(std::optional<json::object> const& object, char const* name)
{
    return object ? object->if_contains(name) : nullptr;
}

bool is_message_sid(json::value const* v)
{
    return v && v->is_string() && (is_sid(v->get_string(), "SM") || is_sid(v->get_string(), "MM"));
}

void check_text(std::optional<json::object> const& object, char const* name, std::string const& decoded)
{
    require(decoded.size() <= 4096, "a member is bounded");
    require(count_code_points(decoded).has_value(), "a member is UTF-8");
    // A member that is there twice may be a string once.
    if (auto const* v = member(object, name); v && v->is_string())
        require(std::string_view(v->get_string()).starts_with(decoded) &&
                    (decoded.size() > 4092 || v->get_string().size() == decoded.size()),
                "a member is read as it stands");
}

void check_message(std::string_view body, std::optional<json::object> const& object)
{
    twilio_sms::receipt receipt;
    bool const accepted = decode_message(body, receipt);
    require(accepted || !is_message_sid(member(object, "sid")), "a message SID is found");
    if (!accepted)
        return;
    require(object.has_value(), "only an object holds a SID");
    require(is_sid(receipt.sid, "SM") || is_sid(receipt.sid, "MM"), "what is accepted has a SID");
    auto const* sid = member(object, "sid");
    require(sid && (!sid->is_string() || sid->get_string() == receipt.sid), "the SID is that of the body");
    check_text(object, "status", receipt.status);
    check_text(object, "from", receipt.from);
    check_text(object, "messaging_service_sid", receipt.messaging_service_sid);
    require(receipt.segments >= 0, "segments are counted from 0");
}

void check_error(std::string_view body, std::optional<json::object> const& object)
{
    auto const reply = decode_error(body, 400);
    require(reply.code >= 0 && reply.code != 400, "a code is Twilio's, not the HTTP status");
    require(object || (reply.code == 0 && reply.message.empty()), "what is no object says nothing");
    if (auto const* v = member(object, "code"); v && v->is_int64()) {
        auto const n = v->get_int64();
        require(reply.code == (n > 0 && n <= std::numeric_limits<int>::max() && n != 400 ? n : 0), "the code is read");
    }
    require(reply.message.size() <= 300, "the text is bounded");
    require(count_code_points(reply.message).has_value(), "the text is UTF-8");
    for (char const c : reply.message)
        require(static_cast<unsigned char>(c) >= ' ' && c != 0x7f, "the text is one line");
    auto text = reply.message;
    while (reply.message.size() > 296 && !text.empty() && std::isalnum(static_cast<unsigned char>(text.back())))
        text.pop_back(); // half a SID, perhaps, which looks like a number
    require(twilio_sms::mask_phone_numbers_in(text) == text, "no number is left in the text");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const body = fuzz::input(data, size).rest();
    auto const object = read_object(body);
    check_message(body, object);
    check_error(body, object);
    return 0;
}
