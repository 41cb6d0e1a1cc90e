#include "core/resolution.hpp"
#include "support.hpp"
#include <deque>

using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

std::chrono::sys_seconds const noon{1'700'000'000s};
std::string const to = "+15550107391";
std::string const sender = "+15550100001";
std::string const service = "MG0123456789abcdef0123456789abcdef";

/// Sends to one number and what Twilio's list shows; seconds from noon.
struct scene {
    std::deque<sent_message> messages;
    std::vector<possible_send> sends;
    std::vector<listed_message> list;
    bool knows_all_others = true;

    sent_message& send(std::string text, int from = 0, int until = 45, bool settled = true)
    {
        auto& what = messages.emplace_back();
        what.to = to;
        what.from = sender;
        what.text = std::move(text);
        what.form_hash = 1;
        sends.push_back(
            {&what, {{noon + from * 1s, noon + from * 1s}, {noon + until * 1s, noon + until * 1s}}, settled});
        return what;
    }

    listed_message& shows(std::string text, int created)
    {
        auto& m = list.emplace_back();
        m.sid = "SM" + std::to_string(list.size());
        m.to = to;
        m.from = sender;
        m.text = std::move(text);
        m.outbound = true;
        m.date_created = noon + created * 1s;
        return m;
    }

    /// For each send "SMn", "absent", "ambiguous" or "wait".
    std::string judged() const
    {
        std::string text;
        for (auto const& answer : judge_by_list(sends, list, knows_all_others)) {
            if (!text.empty())
                text += ' ';
            switch (answer.what) {
            case finding::accepted: text += answer.message->sid; break;
            case finding::absent: text += "absent"; break;
            case finding::ambiguous: text += "ambiguous"; break;
            case finding::wait: text += "wait"; break;
            }
        }
        return text;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(resolution)

BOOST_AUTO_TEST_CASE(one_send)
{
    scene s;
    s.send("hi");
    BOOST_TEST(s.judged() == "absent");
    s.shows("hi", 3);
    BOOST_TEST(s.judged() == "SM1");
}

BOOST_AUTO_TEST_CASE(a_message_that_cannot_be_it)
{
    struct row {
        char const* name;
        void (*change)(listed_message&);
        char const* judged;
    };
    row const rows[] = {
        {"the same", [](listed_message&) {}, "SM1"},
        {"inbound",
         [](listed_message& m) {
             m.outbound = false;
             m.inbound = true;
         },
         "absent"},
        {"no direction", [](listed_message& m) { m.outbound = false; }, "ambiguous"},
        {"a recipient written otherwise", [](listed_message& m) { m.to = "+15550107399"; }, "ambiguous"},
        {"no recipient", [](listed_message& m) { m.to.clear(); }, "ambiguous"},
        {"the text from another sender", [](listed_message& m) { m.from = "+15550100002"; }, "ambiguous"},
        {"another text from another sender",
         [](listed_message& m) {
             m.from = "+15550100002";
             m.text = "ho";
         },
         "absent"},
        {"sender not chosen yet", [](listed_message& m) { m.from.clear(); }, "ambiguous"},
        {"another text", [](listed_message& m) { m.text = "ho"; }, "ambiguous"},
        {"a text with something more", [](listed_message& m) { m.text = "hi!"; }, "ambiguous"},
        {"redacted", [](listed_message& m) { m.text.clear(); }, "ambiguous"},
        {"a trial account's text", [](listed_message& m) { m.text = "Sent from your Twilio trial account - hi"; },
         "SM1"},
        {"created just before", [](listed_message& m) { m.date_created = noon - 2s; }, "SM1"},
        {"created a little too early", [](listed_message& m) { m.date_created = noon - 3s; }, "ambiguous"},
        {"created so early that it may just be", [](listed_message& m) { m.date_created = noon - 10s; }, "ambiguous"},
        {"created too early", [](listed_message& m) { m.date_created = noon - 11s; }, "absent"},
        {"created at the end", [](listed_message& m) { m.date_created = noon + 47s; }, "SM1"},
        {"created too late", [](listed_message& m) { m.date_created = noon + 48s; }, "ambiguous"},
        {"created much too late", [](listed_message& m) { m.date_created = noon + 1h; }, "ambiguous"},
        {"another text, too late",
         [](listed_message& m) {
             m.text = "ho";
             m.date_created = noon + 48s;
         },
         "absent"},
        {"another text, too early",
         [](listed_message& m) {
             m.text = "ho";
             m.date_created = noon - 3s;
         },
         "absent"},
        {"no date", [](listed_message& m) { m.date_created.reset(); }, "ambiguous"},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.name)
        {
            scene s;
            s.send("hi");
            row.change(s.shows("hi", 3));
            BOOST_TEST(s.judged() == row.judged);
        }
}

BOOST_AUTO_TEST_CASE(sends_through_a_service)
{
    struct row {
        char const* name;
        void (*change)(listed_message&);
        char const* judged;
    };
    row const rows[] = {
        {"the same service, sender not chosen", [](listed_message& m) { m.from.clear(); }, "SM1"},
        {"the same service, sender chosen", [](listed_message&) {}, "SM1"},
        {"another service", [](listed_message& m) { m.messaging_service_sid = "MG1"; }, "ambiguous"},
        {"another service and text",
         [](listed_message& m) {
             m.messaging_service_sid = "MG1";
             m.text = "ho";
         },
         "absent"},
        {"no service shown", [](listed_message& m) { m.messaging_service_sid.clear(); }, "ambiguous"},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.name)
        {
            scene s;
            auto& sent = s.send("hi");
            sent.from.clear();
            sent.messaging_service_sid = service;
            auto& m = s.shows("hi", 3);
            m.messaging_service_sid = service;
            row.change(m);
            BOOST_TEST(s.judged() == row.judged);
        }
}

BOOST_AUTO_TEST_CASE(a_service_may_choose_the_number_of_another_send)
{
    scene s;
    s.send("hi");
    s.shows("hi", 3).messaging_service_sid = service;
    BOOST_TEST(s.judged() == "ambiguous");
    auto& by_service = s.send("hi");
    by_service.from.clear();
    by_service.messaging_service_sid = service;
    BOOST_TEST(s.judged() == "absent SM1");
    auto& both = s.send("hi");
    both.messaging_service_sid = service;
    BOOST_TEST(s.judged() == "absent SM1 absent"); // of equal ones it does not matter which
    both.form_hash = 2;
    BOOST_TEST(s.judged() == "absent ambiguous ambiguous");
}

BOOST_AUTO_TEST_CASE(equal_sends_are_counted)
{
    struct row {
        int sends, listed;
        char const* judged;
    };
    row const rows[] = {
        {2, 0, "absent absent"}, {2, 1, "SM1 absent"},     {2, 2, "SM1 SM2"},
        {2, 3, "SM1 SM2"},       {3, 2, "SM1 SM2 absent"}, {1, 2, "SM1"},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.sends << " sends, " << row.listed << " listed")
        {
            scene s;
            for (int i = 0; i < row.sends; ++i)
                s.send("hi");
            for (int i = 0; i < row.listed; ++i)
                s.shows("hi", 3 + i);
            BOOST_TEST(s.judged() == row.judged);
        }
}

BOOST_AUTO_TEST_CASE(messages_go_to_sends_whose_time_they_fit)
{
    scene s;
    s.send("hi", 60, 105); // the later one first
    s.send("hi", 0, 45);
    s.shows("hi", 70);
    BOOST_TEST(s.judged() == "SM1 absent");
    s.shows("hi", 10);
    BOOST_TEST(s.judged() == "SM1 SM2");
    scene overlapping;
    overlapping.send("hi", 0, 100);
    overlapping.send("hi", 0, 45);
    overlapping.shows("hi", 10);
    overlapping.shows("hi", 90);
    BOOST_TEST(overlapping.judged() == "SM2 SM1");
}

BOOST_AUTO_TEST_CASE(equal_texts_with_different_media_are_not_told_apart_when_one_is_missing)
{
    scene s;
    s.send("hi").form_hash = 1;
    s.send("hi").form_hash = 2;
    BOOST_TEST(s.judged() == "absent absent");
    s.shows("hi", 3);
    BOOST_TEST(s.judged() == "ambiguous ambiguous");
    s.shows("hi", 4);
    BOOST_TEST(s.judged() == "SM1 SM2");
}

BOOST_AUTO_TEST_CASE(nothing_is_decided_while_an_equal_one_is_under_way)
{
    scene s;
    s.send("hi");
    s.send("hi", 20, 65, false);
    BOOST_TEST(s.judged() == "wait wait");
    s.shows("hi", 3);
    BOOST_TEST(s.judged() == "wait wait");

    scene apart;
    apart.send("hi");
    apart.send("hi", 50, 95, false); // begun after the first one's time
    BOOST_TEST(apart.judged() == "absent wait");

    scene other_text;
    other_text.send("hi");
    other_text.send("ho", 20, 65, false);
    other_text.shows("ho", 21);
    BOOST_TEST(other_text.judged() == "absent wait");
}

BOOST_AUTO_TEST_CASE(another_sends_text_hides_nothing)
{
    scene s;
    s.send("hi");
    s.send("ho");
    s.shows("ho", 3);
    BOOST_TEST(s.judged() == "absent SM1");
    s.shows("hu", 4); // nobody's
    BOOST_TEST(s.judged() == "ambiguous SM1");
}

BOOST_AUTO_TEST_CASE(a_message_accounts_for_one_send_only)
{
    scene s; // Twilio took the blank away
    s.send("hi ");
    s.send("hi");
    s.shows("hi", 3);
    s.shows("hi", 4);
    BOOST_TEST(s.judged() == "ambiguous SM1");
}

BOOST_AUTO_TEST_CASE(an_empty_text_needs_media)
{
    scene s;
    auto& sent = s.send("");
    sent.has_media = true;
    auto& m = s.shows("", 3);
    BOOST_TEST(s.judged() == "ambiguous");
    m.has_media = true;
    BOOST_TEST(s.judged() == "SM1");
}

BOOST_AUTO_TEST_CASE(when_others_may_have_been_forgotten_a_match_proves_nothing)
{
    scene s;
    s.knows_all_others = false;
    s.send("hi");
    BOOST_TEST(s.judged() == "absent");
    s.shows("hi", 3);
    BOOST_TEST(s.judged() == "ambiguous");
}

BOOST_AUTO_TEST_CASE(uncertain_time_widens_the_window)
{
    scene s;
    s.send("hi");
    s.sends[0].window = {{noon - 600s, noon + 600s}, {noon - 555s, noon + 645s}};
    s.shows("hi", -602);
    BOOST_TEST(s.judged() == "SM1");
    s.list[0].date_created = noon + 647s;
    BOOST_TEST(s.judged() == "SM1");
    s.list[0].date_created = noon + 648s;
    BOOST_TEST(s.judged() == "ambiguous");
    s.list[0].date_created = noon - 611s;
    BOOST_TEST(s.judged() == "absent");
}

BOOST_AUTO_TEST_CASE(a_text_and_the_same_after_the_trial_prefix_share_a_message)
{
    scene s;
    s.send("hi");
    s.send("Sent from your Twilio trial account - hi").form_hash = 2;
    s.shows("Sent from your Twilio trial account - hi", 3);
    BOOST_TEST(s.judged() == "ambiguous ambiguous");
}

BOOST_AUTO_TEST_SUITE_END()
