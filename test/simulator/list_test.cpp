// What became of a message, as a list tells it.
#include "api_fixture.hpp"

using namespace twilio_sms;
using namespace twilio_sms::test;
using enum simulated_list_fault;
using sim::deed;

namespace {

constexpr std::string_view to_1 = "To=%2B15551230001";

std::string message_to(int last_digit, std::string_view text = "hello")
{
    return "To=%2B1555123000" + std::to_string(last_digit) + "&From=%2B15005550006&Body=" + std::string(text);
}

std::vector<std::string> reversed(std::vector<std::string> v)
{
    std::ranges::reverse(v);
    return v;
}

struct pages : api_fixture {
    explicit pages(simulator_options const& o = {}) : api_fixture(o) {}

    // Creates n messages, a second apart.
    std::vector<std::string> create_some(int n)
    {
        std::vector<std::string> sids;
        for (int i = 0; i < n; ++i) {
            sids.push_back(create_sid());
            now += milliseconds(1000);
        }
        return sids;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(lists)

BOOST_AUTO_TEST_CASE(an_empty_one_has_the_whole_envelope)
{
    api_fixture f;
    auto const o = object_of(f.list());
    BOOST_TEST(o.size() == 9u);
    for (auto const* name : {"start", "end", "page"})
        BOOST_TEST(o.at(name).as_int64() == 0, name);
    BOOST_TEST(o.at("page_size").as_int64() == 50);
    BOOST_TEST(o.at("first_page_uri").as_string() == messages + "?To=%2B15551230001&PageSize=50&Page=0");
    BOOST_TEST(o.at("uri").as_string() == messages + "?To=%2B15551230001&PageSize=50&Page=0");
    BOOST_TEST(o.at("next_page_uri").is_null());
    BOOST_TEST(o.at("previous_page_uri").is_null());
    BOOST_TEST(o.at("messages").as_array().empty());
}

BOOST_AUTO_TEST_CASE(newest_first_and_by_recipient)
{
    api_fixture f;
    auto const a = f.create_sid(message_to(1));
    auto const b = f.create_sid(message_to(2));
    f.now += milliseconds(1);
    auto const c = f.create_sid(message_to(1));
    using sids = std::vector<std::string>;
    BOOST_TEST((listed(f.list()) == sids{c, a}));
    BOOST_TEST((listed(f.list("To=%2B15551230002")) == sids{b}));
    BOOST_TEST((listed(f.list("")) == sids{c, b, a}));
    BOOST_TEST(listed(f.list("To=%2B15551230003")).empty());
    BOOST_TEST(listed(f.list("To=+15551230001")).empty()); // the plus sign was not encoded
    BOOST_TEST((listed(f.list("Unknown=1&To=%2B15551230002")) == sids{b}));
}

BOOST_AUTO_TEST_CASE(shows_what_fetch_shows)
{
    api_fixture f;
    auto const sid = f.create_sid();
    f.now += milliseconds(1234);
    BOOST_TEST((json::parse(f.list().body).at("messages").at(0) == json::parse(f.fetch(sid).body)));
}

BOOST_AUTO_TEST_CASE(pages_are_anchored)
{
    pages f;
    auto const sids = reversed(f.create_some(5));
    auto const first = f.list("PageSize=2&To=%2B15551230001");
    auto const o = object_of(first);
    BOOST_TEST((listed(first) == std::vector(sids.begin(), sids.begin() + 2)));
    BOOST_TEST(o.at("end").as_int64() == 1);
    BOOST_TEST(o.at("next_page_uri").as_string() ==
               messages + "?To=%2B15551230001&PageSize=2&Page=1&PageToken=PA" + sids[1]);

    f.create_some(3); // does not move the pages
    auto const second = f.get(text_of(first, "next_page_uri"));
    BOOST_TEST((listed(second) == std::vector(sids.begin() + 2, sids.begin() + 4)));
    BOOST_TEST(object_of(second).at("start").as_int64() == 2);
    BOOST_TEST(object_of(second).at("page").as_int64() == 1);
    BOOST_TEST(text_of(second, "uri") == text_of(first, "next_page_uri"));
    auto const third = f.get(text_of(second, "next_page_uri"));
    BOOST_TEST((listed(third) == std::vector(sids.begin() + 4, sids.end())));
    BOOST_TEST(object_of(third).at("next_page_uri").is_null());
    BOOST_TEST(object_of(third).at("end").as_int64() == 4);

    auto const back = f.get(text_of(third, "previous_page_uri"));
    BOOST_TEST(listed(back) == listed(second), boost::test_tools::per_element());
    BOOST_TEST(text_of(back, "next_page_uri").ends_with("&Page=2&PageToken=PA" + sids[3]));
    auto const home = f.get(text_of(back, "previous_page_uri"));
    BOOST_TEST(listed(home) == listed(first), boost::test_tools::per_element());
    BOOST_TEST(object_of(home).at("previous_page_uri").is_null());
}

BOOST_AUTO_TEST_CASE(a_last_page_that_is_full_has_no_next)
{
    pages f;
    f.create_some(4);
    auto const first = f.list("PageSize=2");
    BOOST_TEST(object_of(f.get(text_of(first, "next_page_uri"))).at("next_page_uri").is_null());
}

BOOST_AUTO_TEST_CASE(fifty_on_a_page)
{
    pages f;
    f.create_some(51);
    BOOST_TEST(listed(f.list()).size() == 50u);
    BOOST_TEST(listed(f.list("PageSize=1000")).size() == 51u);
    BOOST_TEST(listed(f.list("Page=1")).size() == 50u); // a number alone does not move
    BOOST_TEST(object_of(f.list("Page=1")).at("page").as_int64() == 0);
}

BOOST_AUTO_TEST_CASE(pages_that_shift)
{
    simulator_options o;
    o.pages_shift = true;
    pages f(o);
    auto const sids = reversed(f.create_some(4));
    auto const first = f.list("PageSize=2");
    f.create_some(1);
    auto const second = f.get(text_of(first, "next_page_uri"));
    BOOST_TEST((listed(second) == std::vector{sids[1], sids[2]})); // one of them again

    f.now += o.delivery_time * 2;
    BOOST_TEST(f.remove(sids[0]).status == 204u);
    BOOST_TEST(f.remove(sids[1]).status == 204u);
    auto const third = f.get(text_of(second, "next_page_uri"));
    BOOST_TEST(listed(third).empty()); // sids[3] went to the page before
}

BOOST_AUTO_TEST_CASE(bad_queries)
{
    struct {
        char const* query;
        unsigned status;
        int code;
    } const cases[] = {
        {"PageSize=1001", 400, 20007},
        {"PageSize=0", 400, 20007},
        {"PageSize=-1", 400, 20007},
        {"PageSize=ten", 400, 20007},
        {"PageSize=", 400, 20007},
        {"PageToken=PASM0123456789abcdef0123456789abcdef", 400, 21481},
        {"PageToken=P", 400, 21481},
        {"PageToken=nonsense", 400, 21481},
        {"DateSent=yesterday", 422, 20422},
        {"DateSent%3E=2023-13-01", 422, 20422},
        {"To=%zz", 422, 20422},
    };
    api_fixture f;
    for (auto const& c : cases) {
        auto const a = f.list(c.query);
        BOOST_TEST(a.status == c.status, c.query);
        BOOST_TEST(code_of(a) == c.code, c.query);
    }
    auto const token = "PageToken=PA" + f.create_sid(message_to(2));
    BOOST_TEST(listed(f.list(token)).empty());
    BOOST_TEST(code_of(f.list(token + "&To=%2B15551230001")) == 21481); // not in that list
    BOOST_TEST(code_of(f.list("PageToken=XX" + token.substr(12))) == 21481);
}

BOOST_AUTO_TEST_CASE(filters)
{
    pages f;
    f.create_some(1);
    f.create("To=%2B15551230001&From=%2B15005550007&Body=x");
    f.now += milliseconds(10'000); // both are sent, on 2023-11-14
    f.create("To=%2B15551230001&From=%2B15005550008&Body=queued");
    struct {
        char const* query;
        std::size_t found;
    } const cases[] = {
        {"From=%2B15005550006", 1},
        {"From=%2B15005550009", 0},
        {"DateSent=2023-11-14", 2}, // without those that are not sent yet
        {"DateSent=2023-11-14T05:00:00Z", 2},
        {"DateSent=2023-11-13", 0},
        {"DateSent%3C=2023-11-14", 2},
        {"DateSent<=2023-11-13", 0},
        {"DateSent%3E=2023-11-14", 2},
        {"DateSent%3E=2023-11-15", 0},
        {"DateSent%3E=2023-11-14T22:13:20Z", 2},
        {"DateSent%3E=2023-11-14T22:13:30Z", 0},
        {"DateSent%3C=2023-11-14T22:13:30Z", 2},
        {"DateSent%3C=2023-11-14T22:13:19Z", 0},
        {"DateSent%3E=2023-11-14&DateSent%3C=2023-11-14&From=%2B15005550006", 1},
        {"DateSent=", 3},
    };
    for (auto const& c : cases)
        BOOST_TEST(listed(f.list(c.query)).size() == c.found, c.query);
}

BOOST_AUTO_TEST_CASE(accounts_see_their_own)
{
    simulator_options o;
    std::string const other = "ACffffffffffffffffffffffffffffffff";
    o.accounts = {{account, "a"}, {other, "b"}};
    api_fixture f(o);
    f.complete({"POST", messages, basic(account, "a"), form, body});
    f.complete({"POST", "/2010-04-01/Accounts/" + other + "/Messages.json", basic(other, "b"), form, body});
    auto const seen = f.complete({"GET", messages, basic(account, "a"), {}, {}, to_1});
    BOOST_TEST((listed(seen, "account_sid") == std::vector{account}));
}

BOOST_AUTO_TEST_CASE(lag_hides_messages_from_lists_only)
{
    simulator_options o;
    o.list_lag = milliseconds(10'000);
    api_fixture f(o);
    auto const sid = f.create_sid();
    BOOST_TEST(listed(f.list()).empty());
    BOOST_TEST(f.fetch(sid).status == 200u);
    for (int i = 0; i < 200; ++i)
        f.create();
    auto const seen = [&] { return listed(f.list("PageSize=1000")).size(); };
    f.now += milliseconds(2'500);
    BOOST_TEST((seen() > 20 && seen() < 80)); // a quarter of them
    f.now += milliseconds(7'500);
    BOOST_TEST(seen() == 201u);
}

BOOST_AUTO_TEST_CASE(faults)
{
    struct {
        simulated_list_fault fault;
        deed what;
        unsigned status;
        int code;
    } const cases[] = {{forbidden, deed::send, 403, 20003}, {throttle, deed::send, 429, 20429},
                       {error, deed::send, 500, 20500},     {unavailable, deed::send, 503, 0},
                       {reply_lost, deed::close, 200, 0},   {reply_cut, deed::cut, 200, 0},
                       {reply_garbled, deed::send, 200, 0}, {stall, deed::stall, 200, 0}};
    for (auto const& c : cases)
        BOOST_TEST_CONTEXT(to_string(c.fault))
        {
            simulator_options o;
            o.list_script["+15551230001"] = {c.fault, std::nullopt};
            o.list_faults[c.fault] = 1;
            api_fixture f(o);
            f.create();
            for (int i = 0; i < 3; ++i) {
                auto const a = f.list();
                if (i == 1) { // scripted well
                    BOOST_TEST(listed(a).size() == 1u);
                    continue;
                }
                BOOST_TEST((a.what == c.what));
                BOOST_TEST(a.status == c.status);
                if (c.code != 0)
                    BOOST_TEST(code_of(a) == c.code);
            }
            BOOST_TEST(f.list("To=%2B15551230002").status == c.status);
        }
}

BOOST_AUTO_TEST_CASE(garbled_lists_come_in_two_forms)
{
    simulator_options o;
    o.list_faults[reply_garbled] = 1;
    api_fixture f(o);
    int json_without_messages = 0;
    int no_json = 0;
    for (int i = 0; i < 50; ++i) {
        json::error_code ec;
        auto const v = json::parse(f.list().body, ec);
        ++(ec ? no_json : json_without_messages);
        BOOST_TEST((ec || !v.as_object().contains("messages")));
    }
    BOOST_TEST((json_without_messages > 0 && no_json > 0));
}

BOOST_AUTO_TEST_SUITE_END()
