#include "twilio/message_decoder.hpp"
#include "core/notification_check.hpp"
#include "twilio/json_members.hpp"
#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <limits>

namespace twilio_sms::detail {
namespace {

namespace json = boost::json;

// A document that is freed as a whole.
class document {
public:
    explicit document(std::string_view body)
    {
        json::parse_options options;
        options.max_depth = 8;
        boost::system::error_code error;
        value_ = json::parse({body.data(), body.size()}, error, &memory_, options);
        if (error)
            value_ = nullptr;
    }

    json::object const* object() const noexcept { return value_.if_object(); }

private:
    json::monotonic_resource memory_;
    json::value value_ = json::value(json::storage_ptr(&memory_));
};

std::string text_in(json::object const& from, std::string_view name)
{
    return std::string(text_of(from, name).value_or(""));
}

int code_in(json::object const& from, std::string_view name)
{
    auto const* const value = from.if_contains({name.data(), name.size()});
    auto const* const n = value ? value->if_int64() : nullptr;
    return n && *n > 0 && *n <= std::numeric_limits<int>::max() ? static_cast<int>(*n) : 0;
}

bool read(json::object const& from, message& m)
{
    m.sid = text_in(from, "sid");
    m.account_sid = text_in(from, "account_sid");
    m.to = text_in(from, "to");
    m.from = text_in(from, "from");
    m.messaging_service_sid = text_in(from, "messaging_service_sid");
    m.text = text_in(from, "body");
    m.status = text_in(from, "status");
    m.direction = text_in(from, "direction");
    m.segments = number_in(from, "num_segments");
    m.media = number_in(from, "num_media");
    m.price = text_in(from, "price");
    m.price_unit = text_in(from, "price_unit");
    m.error_code = code_in(from, "error_code");
    m.error_message = text_in(from, "error_message");
    m.date_created = date_of(from, "date_created");
    m.date_updated = date_of(from, "date_updated");
    m.date_sent = date_of(from, "date_sent");
    return is_message_sid(m.sid);
}

bool read(json::object const& from, media_item& m)
{
    m.sid = text_in(from, "sid");
    m.account_sid = text_in(from, "account_sid");
    m.message_sid = text_in(from, "parent_sid");
    m.content_type = text_in(from, "content_type");
    m.date_created = date_of(from, "date_created");
    m.date_updated = date_of(from, "date_updated");
    return is_sid(m.sid, "ME");
}

// Twilio writes the hex digits in small letters, however it was asked.
bool same_sid(std::string_view a, std::string_view b) noexcept
{
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool is_as_wanted(message const& m, wanted_state wanted) noexcept
{
    switch (wanted) {
    case wanted_state::canceled: return m.status == "canceled";
    case wanted_state::redacted: return m.text.empty();
    case wanted_state::any: break;
    }
    return true;
}

constexpr std::string_view list_name(message const*) noexcept
{
    return "messages";
}
constexpr std::string_view list_name(media_item const*) noexcept
{
    return "media_list";
}

} // namespace

template <class T>
std::optional<T> decode_resource(std::string_view body)
{
    document const d(body);
    T found;
    if (!d.object() || !read(*d.object(), found))
        return std::nullopt;
    return found;
}

template <class T>
std::optional<resource_page<T>> decode_resource_page(std::string_view body)
{
    document const d(body);
    auto const name = list_name(static_cast<T const*>(nullptr));
    auto const* const list = d.object() ? d.object()->if_contains({name.data(), name.size()}) : nullptr;
    auto const next = d.object() ? text_of(*d.object(), "next_page_uri") : std::nullopt;
    if (!list || !list->is_array() || !next)
        return std::nullopt; // without a word about the next page: is there more? Twilio says null on the last one
    resource_page<T> page;
    page.next = *next;
    for (auto const& item : list->get_array())
        if (!item.is_object() || !read(item.get_object(), page.items.emplace_back()))
            return std::nullopt;
    return page;
}

std::optional<message> decode_message(std::string_view body, std::string_view sid, wanted_state wanted)
{
    auto m = decode_resource<message>(body);
    if (m && (!same_sid(m->sid, sid) || !is_as_wanted(*m, wanted)))
        m.reset();
    return m;
}

std::optional<media_item> decode_media(std::string_view body, std::string_view message_sid, std::string_view media_sid)
{
    auto m = decode_resource<media_item>(body);
    if (m && (!same_sid(m->sid, media_sid) || !same_sid(m->message_sid, message_sid)))
        m.reset();
    return m;
}

std::optional<std::string> decode_feedback(std::string_view body, std::string_view message_sid)
{
    document const d(body);
    auto const outcome = d.object() ? text_of(*d.object(), "outcome") : std::nullopt;
    if (!outcome || !same_sid(text_of(*d.object(), "message_sid").value_or(""), message_sid))
        return std::nullopt;
    return std::string(*outcome);
}

template std::optional<message> decode_resource<message>(std::string_view);
template std::optional<media_item> decode_resource<media_item>(std::string_view);
template std::optional<resource_page<message>> decode_resource_page<message>(std::string_view);
template std::optional<resource_page<media_item>> decode_resource_page<media_item>(std::string_view);

} // namespace twilio_sms::detail
