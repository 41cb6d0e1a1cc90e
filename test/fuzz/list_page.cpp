// Pages of Twilio's list of messages. Input: a page in each line, answered in turns while a list is read.
// - A page is read whole or not at all, and holds what Boost.JSON's document reader finds.
// - A reading asks only for pages of its own account, comes to an end, and has each message once.
// - So does whoever follows a list for all it has, though in circles pages are read more than once.
#include "twilio/list_page.hpp"
#include "core/notification_check.hpp"
#include "core/utf8.hpp"
#include "property.hpp"
#include "twilio/list_reading.hpp"
#include "twilio/message_decoder.hpp"
#include "twilio/paging.hpp"
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <set>
#include <string>

using namespace twilio_sms::detail;
using fuzz::require;
namespace json = boost::json;

namespace {

constexpr std::string_view path = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json";
constexpr std::chrono::sys_seconds oldest = std::chrono::sys_days(std::chrono::year(2023) / 8 / 24);

void check_page(std::string_view body, list_page const& page)
{
    json::parse_options options;
    options.max_depth = 8;
    boost::system::error_code error;
    auto const document = json::parse(body, error, {}, options);
    require(!error && document.is_object(), "a page is an object");
    auto const* const messages = document.get_object().if_contains("messages");
    require(messages && messages->is_array() && messages->get_array().size() == page.messages.size(),
            "a page is read whole");
    for (std::size_t i = 0; i < page.messages.size(); ++i) {
        auto const& m = page.messages[i];
        auto const& from = messages->get_array()[i].get_object();
        require(is_sid(m.sid, "SM") || is_sid(m.sid, "MM"), "every message has a SID");
        require(from.at("sid").get_string() == m.sid, "every message has its own SID");
        require(from.at("body").is_null() ? m.text.empty() : from.at("body").get_string() == m.text, "and its text");
        require(m.segments >= 0, "segments are counted from 0");
        for (auto const* text : {&m.to, &m.from, &m.text, &m.status, &m.messaging_service_sid})
            require(count_code_points(*text).has_value(), "a member is UTF-8");
    }
    auto const* const next = document.get_object().if_contains("next_page_uri");
    require(next && (next->is_null() ? page.next.empty() : next->get_string() == page.next), "the next page is named");
}

// The other reader of the same page.
void check_resources(std::string_view body, list_page const& page)
{
    auto const other = decode_resource_page<twilio_sms::message>(body);
    require(other && other->next == page.next && other->items.size() == page.messages.size(), "both read the page");
    for (std::size_t i = 0; i < page.messages.size(); ++i) {
        auto const& m = other->items[i];
        require(m.sid == page.messages[i].sid && m.text == page.messages[i].text, "both read the message");
        require(m.segments == page.messages[i].segments && m.error_code >= 0 && m.media >= 0, "and its numbers");
    }
}

void check_paging(std::string_view pages)
{
    paging reading(std::string(path), "PageSize=50");
    auto rest = pages;
    std::size_t const most = 8 * (2 + static_cast<std::size_t>(std::ranges::count(pages, '\n')));
    for (std::size_t asked = 0; reading.now() == paging::state::more; ++asked) {
        require(asked < most, "a list that repeats itself ends");
        auto const& target = reading.target();
        require(leads_on(target, path), "only pages of the list are asked for");
        for (char const c : target)
            require(c > ' ' && c <= '~', "a target fits a request line");
        if (rest.empty())
            rest = pages;
        auto const body = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(body.size() + 1, rest.size()));
        auto page = decode_resource_page<twilio_sms::message>(body);
        if (!page)
            return;
        reading.turn(std::move(page->next));
    }
}

void check_reading(std::string_view pages)
{
    list_reading reading(path, "+15558675310");
    auto rest = pages;
    auto state = list_reading::state::more;
    for (std::size_t asked = 0; state == list_reading::state::more; ++asked) {
        require(asked < list_reading::most_pages * list_reading::most_readings, "a reading ends");
        auto const& target = reading.target();
        require(target.starts_with(std::string(path) + '?'), "only pages of the account are asked for");
        for (char const c : target)
            require(c > ' ' && c <= '~', "a target fits a request line");
        if (rest.empty())
            rest = pages;
        auto const body = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(body.size() + 1, rest.size()));
        auto page = decode_list_page(body);
        if (!page)
            return;
        state = reading.take(std::move(*page), oldest);
    }
    if (state != list_reading::state::complete)
        return;
    std::set<std::string> sids;
    for (auto const& m : reading.messages()) {
        require(sids.insert(m.sid).second, "each message is there once");
        require(!m.date_created || *m.date_created >= oldest, "those that are too old are not there");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::input in(data, size);
    check_reading(in.rest());
    check_paging(in.rest());
    auto const body = in.line();
    if (auto const page = decode_list_page(body))
        check_page(body, *page), check_resources(body, *page);
    return 0;
}
