#include "twilio/list_page.hpp"
#include "core/notification_check.hpp"
#include "twilio/json_members.hpp"
#include <boost/json/parse.hpp>

namespace twilio_sms::detail {
namespace {

namespace json = boost::json;

std::optional<listed_message> message_of(json::value const& value)
{
    auto const* const from = value.if_object();
    if (!from)
        return std::nullopt;
    auto const sid = text_of(*from, "sid");
    auto const to = text_of(*from, "to");
    auto const direction = text_of(*from, "direction");
    auto const text = text_of(*from, "body");
    if (!sid || !to || !direction || !text || !is_message_sid(*sid))
        return std::nullopt;
    listed_message m;
    m.sid = *sid;
    m.to = *to;
    m.text = *text;
    m.inbound = *direction == "inbound";
    m.outbound = direction->starts_with("outbound");
    m.from = text_of(*from, "from").value_or("");
    m.messaging_service_sid = text_of(*from, "messaging_service_sid").value_or("");
    m.status = text_of(*from, "status").value_or("");
    m.has_media = number_in(*from, "num_media") > 0;
    m.segments = number_in(*from, "num_segments");
    m.date_created = date_of(*from, "date_created");
    return m;
}

} // namespace

std::optional<list_page> decode_list_page(std::string_view body)
{
    json::parse_options options;
    options.max_depth = 8;
    boost::system::error_code error;
    auto const document = json::parse({body.data(), body.size()}, error, {}, options);
    auto const* const page = error ? nullptr : document.if_object();
    auto const* const messages = page ? page->if_contains("messages") : nullptr;
    if (!messages || !messages->is_array())
        return std::nullopt;
    list_page found;
    for (auto const& value : messages->get_array()) {
        auto m = message_of(value);
        if (!m)
            return std::nullopt;
        found.messages.push_back(std::move(*m));
    }
    auto const next = text_of(*page, "next_page_uri");
    if (!next)
        return std::nullopt; // absent: is there more? Twilio says null on the last page
    found.next = *next;
    return found;
}

} // namespace twilio_sms::detail
