// What lies below a message: its media, and feedback about its recipient.
#include "api_fixture.hpp"

using namespace twilio_sms;
using namespace twilio_sms::test;

namespace {

constexpr std::string_view three_media =
    "To=%2B15551230001&From=%2B15005550006&Body=hello&MediaUrl=https%3A%2F%2Fa%2F1.PNG%3Fx%3D.gif"
    "&MediaUrl=https%3A%2F%2Fa%2F2.gif&MediaUrl=https%3A%2F%2Fa%2F3";

std::string below(std::string_view sid, std::string_view part)
{
    return account_path + "/Messages/" + std::string(sid) + std::string(part);
}

std::string media_uri(std::string_view sid, std::string_view media_sid)
{
    return below(sid, "/Media/") + std::string(media_sid) + ".json";
}

std::vector<std::string> media_of(sim::answer const& a, char const* name = "sid")
{
    BOOST_TEST_REQUIRE(a.status == 200u);
    std::vector<std::string> all;
    auto const page = object_of(a);
    for (auto const& m : page.at("media_list").as_array())
        all.emplace_back(m.at(name).as_string());
    return all;
}

struct with_media : api_fixture {
    std::string sid = create_sid(three_media);

    sim::answer list_media(std::string_view query = {}) { return get(below(sid, "/Media.json?") + std::string(query)); }
    sim::answer ask(std::string_view method, std::string_view path, std::string_view text = {})
    {
        return complete({method, path, authorization, form, text});
    }
    sim::answer feedback(std::string_view text) { return ask("POST", below(sid, "/Feedback.json"), text); }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(media_and_feedback, with_media)

BOOST_AUTO_TEST_CASE(a_message_has_as_many_media_as_it_was_sent_with)
{
    BOOST_TEST(sid.starts_with("MM"));
    BOOST_TEST(text_of(fetch(sid), "num_media") == "3");
    auto const all = list_media();
    auto const sids = media_of(all);
    BOOST_TEST_REQUIRE(sids.size() == 3u);
    std::vector<std::string> const types{"image/png", "image/gif", "image/jpeg"};
    BOOST_TEST(media_of(all, "content_type") == types);
    BOOST_TEST(object_of(all).at("next_page_uri").is_null());

    auto const one = object_of(get(media_uri(sid, sids[1])));
    BOOST_TEST(one.size() == 7u);
    BOOST_TEST(one.at("sid").as_string() == sids[1]);
    BOOST_TEST(sids[1].starts_with("ME"));
    BOOST_TEST(sids[1].size() == 34u);
    BOOST_TEST(one.at("account_sid").as_string() == account);
    BOOST_TEST(one.at("parent_sid").as_string() == sid);
    BOOST_TEST(one.at("content_type").as_string() == "image/gif");
    BOOST_TEST(one.at("date_created").as_string() == "Tue, 14 Nov 2023 22:13:20 +0000");
    BOOST_TEST(one.at("date_updated").as_string() == "Tue, 14 Nov 2023 22:13:20 +0000");
    BOOST_TEST(one.at("uri").as_string() == media_uri(sid, sids[1]));
}

BOOST_AUTO_TEST_CASE(media_in_pages)
{
    auto const sids = media_of(list_media());
    std::vector<std::string> read;
    std::string uri = below(sid, "/Media.json?PageSize=2");
    for (int page = 0; page < 2; ++page) {
        auto const a = get(uri);
        for (auto const& one : media_of(a))
            read.push_back(one);
        auto const next = object_of(a).at("next_page_uri");
        BOOST_TEST(next.is_null() == (page == 1));
        uri = next.is_null() ? "" : std::string(next.as_string());
    }
    BOOST_TEST(read == sids);
    BOOST_TEST(code_of(list_media("PageToken=PA" + sid)) == 21481);
    BOOST_TEST(code_of(list_media("PageToken=x")) == 21481);
    BOOST_TEST(code_of(list_media("PageSize=1001")) == 20007);
}

BOOST_AUTO_TEST_CASE(a_removed_medium_is_gone_and_the_message_stays)
{
    auto sids = media_of(list_media());
    auto const a = ask("DELETE", media_uri(sid, sids[1]));
    BOOST_TEST(a.status == 204u);
    BOOST_TEST(a.body == "");
    BOOST_TEST(get(media_uri(sid, sids[1])).status == 404u);
    BOOST_TEST(code_of(ask("DELETE", media_uri(sid, sids[1]))) == 20404);
    sids.erase(sids.begin() + 1);
    BOOST_TEST(media_of(list_media()) == sids);
    BOOST_TEST(media_of(list_media("PageSize=1")) == std::vector{sids[0]});
    BOOST_TEST(fetch(sid).status == 200u);
    BOOST_TEST(accepted().at(0).media_urls.size() == 3u); // the truth is what was accepted
}

BOOST_AUTO_TEST_CASE(media_of_others_are_not_found)
{
    auto const media = media_of(list_media()).at(0);
    auto const other = create_sid(three_media);
    auto const text_only = create_sid();
    BOOST_TEST(get(media_uri(other, media)).status == 404u);
    BOOST_TEST(get(media_uri(text_only, media)).status == 404u);
    BOOST_TEST(media_of(get(below(text_only, "/Media.json"))).empty());
    auto const no_medium = "MM" + media.substr(2);
    for (auto const& path : {media_uri(sid, no_medium), media_uri(sid, "x"), below(sid, "/Media/.json"),
                             below(sid, "/Media"), below(sid, "/Other.json"), below("SM1", "/Media.json"),
                             below("SM0123456789abcdef0123456789abcdef", "/Media.json")})
        BOOST_TEST(get(path).status == 404u, path);
}

BOOST_AUTO_TEST_CASE(feedback_is_kept)
{
    BOOST_TEST(accepted().at(0).feedback == "");
    auto const a = feedback("Outcome=confirmed");
    BOOST_TEST(a.status == 200u);
    auto const given = object_of(a);
    BOOST_TEST(given.size() == 6u);
    BOOST_TEST(given.at("outcome").as_string() == "confirmed");
    BOOST_TEST(given.at("message_sid").as_string() == sid);
    BOOST_TEST(given.at("account_sid").as_string() == account);
    BOOST_TEST(given.at("uri").as_string() == below(sid, "/Feedback.json"));
    BOOST_TEST(accepted().at(0).feedback == "confirmed");
    BOOST_TEST(feedback("Outcome=unconfirmed").status == 200u);
    BOOST_TEST(accepted().at(0).feedback == "unconfirmed");
    std::string line;
    twilio.truth()->append_json_line(line, twilio.truth()->epoch(), 0);
    BOOST_TEST(line.ends_with(",\"feedback\":\"unconfirmed\"}\n"));
}

BOOST_AUTO_TEST_CASE(bad_feedback)
{
    for (auto const* text : {"", "Outcome=", "Outcome=Confirmed", "Outcome=%zz", "Other=confirmed"})
        BOOST_TEST(code_of(feedback(text)) == 20422, text);
    BOOST_TEST(accepted().at(0).feedback == "");
}

BOOST_AUTO_TEST_CASE(methods)
{
    auto const media = media_of(list_media()).at(0);
    BOOST_TEST(ask("POST", below(sid, "/Media.json")).status == 405u);
    BOOST_TEST(ask("POST", media_uri(sid, media)).status == 405u);
    BOOST_TEST(ask("GET", below(sid, "/Feedback.json")).status == 405u);
    BOOST_TEST(ask("DELETE", below(sid, "/Feedback.json")).status == 405u);
}

BOOST_AUTO_TEST_CASE(a_deleted_message_takes_its_media_along)
{
    auto const media = media_of(list_media()).at(0);
    now += milliseconds(60'000);
    BOOST_TEST(remove(sid).status == 204u);
    BOOST_TEST(get(media_uri(sid, media)).status == 404u);
    BOOST_TEST(list_media().status == 404u);
    BOOST_TEST(feedback("Outcome=confirmed").status == 404u);
}

BOOST_AUTO_TEST_CASE(a_new_start_forgets_both)
{
    auto const media = media_of(list_media()).at(0);
    ask("DELETE", media_uri(sid, media));
    feedback("Outcome=confirmed");
    twilio.reset();
    sid = create_sid(three_media);
    BOOST_TEST(media_of(list_media()).size() == 3u);
    BOOST_TEST(accepted().at(0).feedback == "");
}

BOOST_AUTO_TEST_SUITE_END()
