// Twilio's API without sockets, and with a clock that stands still until it is told to move.
#pragma once
#include "crypto/base64.hpp"
#include "simulator/api.hpp"
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {

namespace sim = detail::sim;
namespace json = boost::json;
using std::chrono::milliseconds;

inline std::string const account(simulator_options::default_account_sid);
inline std::string const account_path = "/2010-04-01/Accounts/" + account;
inline std::string const messages = account_path + "/Messages.json";

inline std::string basic(std::string_view user, std::string_view secret)
{
    return "Basic " + detail::base64_encode(std::string(user) + ":" + std::string(secret));
}

inline std::string const authorization = basic(account, simulator_options::default_auth_token);
inline constexpr std::string_view form = "application/x-www-form-urlencoded";
inline constexpr std::string_view body = "To=%2B15551230001&From=%2B15005550006&Body=hello";
inline constexpr std::string_view by_service =
    "To=%2B15551230001&MessagingServiceSid=MG0123456789abcdef0123456789abcdef&Body=hello";

struct api_fixture {
    explicit api_fixture(simulator_options const& o = {}) : twilio(o, 1) {}

    sim::answer ask(sim::api_request const& r) { return twilio.handle(r, now); }

    /// Asks, and reports the answer as delivered.
    sim::answer complete(sim::api_request const& r)
    {
        auto a = ask(r);
        twilio.finished(a, true);
        return a;
    }
    sim::answer create(std::string_view form_text = body)
    {
        return complete({"POST", messages, authorization, form, form_text});
    }
    std::string create_sid(std::string_view form_text = body);
    sim::answer list(std::string_view query = "To=%2B15551230001")
    {
        return complete({"GET", messages, authorization, {}, {}, query});
    }
    /// Asks for a relative URI, as in a list's `next_page_uri`.
    sim::answer get(std::string_view uri)
    {
        auto const end = std::min(uri.find('?'), uri.size());
        return complete({"GET", uri.substr(0, end), authorization, {}, {}, uri.substr(std::min(end + 1, uri.size()))});
    }
    sim::answer fetch(std::string_view sid) { return get(path_of(sid)); }
    sim::answer update(std::string_view sid, std::string_view form_text)
    {
        return complete({"POST", path_of(sid), authorization, form, form_text});
    }
    sim::answer remove(std::string_view sid) { return complete({"DELETE", path_of(sid), authorization, {}, {}}); }

    static std::string path_of(std::string_view sid)
    {
        return account_path + "/Messages/" + std::string(sid) + ".json";
    }

    simulator_summary summary()
    {
        twilio.advance(now);
        return twilio.truth()->summary();
    }
    std::vector<simulated_message> accepted()
    {
        twilio.advance(now);
        return twilio.truth()->messages();
    }

    sim::api twilio;
    sim::time_point now{milliseconds(1'700'000'000'000)}; // 2023-11-14T22:13:20Z
};

inline json::object object_of(sim::answer const& a)
{
    return json::parse(a.body).as_object();
}

inline int code_of(sim::answer const& a)
{
    return static_cast<int>(object_of(a).at("code").as_int64());
}

inline std::string text_of(sim::answer const& a, char const* name)
{
    return std::string(object_of(a).at(name).as_string());
}

/// One member of each message of a list's page.
inline std::vector<std::string> listed(sim::answer const& a, char const* name = "sid")
{
    BOOST_TEST_REQUIRE(a.status == 200u);
    std::vector<std::string> all;
    auto const page = object_of(a);
    for (auto const& m : page.at("messages").as_array())
        all.emplace_back(m.at(name).as_string());
    return all;
}

inline std::string api_fixture::create_sid(std::string_view form_text)
{
    auto const a = create(form_text);
    BOOST_TEST_REQUIRE(a.status == 201u);
    return text_of(a, "sid");
}

inline simulator_options always(simulated_fault f)
{
    simulator_options o;
    o.faults[f] = 1;
    return o;
}

inline simulator_options scripted(simulated_step const& step)
{
    simulator_options o;
    o.script["+15551230001"] = {step};
    return o;
}

} // namespace twilio_sms::test
