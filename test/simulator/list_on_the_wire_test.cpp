// Lists and late messages over real connections.
#include "running_simulator.hpp"
#include <boost/json.hpp>
#include <ctime>

using namespace twilio_sms;
using namespace twilio_sms::test;
using enum simulated_list_fault;

namespace {

std::string list_text(std::string_view query = "To=%2B15551230001")
{
    return api_text("GET", messages_path + "?" + std::string(query));
}

std::size_t listed(wire_client& client)
{
    BOOST_TEST_REQUIRE(client.exchange(list_text()) == wire_end::reply);
    BOOST_TEST_REQUIRE(client.status() == 200);
    return boost::json::parse(client.body).at("messages").as_array().size();
}

} // namespace

BOOST_AUTO_TEST_SUITE(lists_on_the_wire)

BOOST_AUTO_TEST_CASE(over_http_and_tls)
{
    for (bool const tls : {false, true}) {
        simulator_options o;
        o.tls = tls;
        running_simulator s(o);
        auto const context = tls ? trusting(s.twilio.ca_pem()) : nullptr;
        wire_client client(s.twilio.port(), context.get());
        BOOST_TEST(listed(client) == 0u);
        client.exchange(create_text());
        client.exchange(create_text("15551230002"));
        BOOST_TEST(listed(client) == 1u);
        auto const sid = s.twilio.messages().at(0).sid;
        auto const path = messages_path.substr(0, messages_path.size() - 5) + "/" + sid + ".json";
        BOOST_TEST(client.exchange(api_text("GET", path)) == wire_end::reply);
        BOOST_TEST(client.status() == 200);
        BOOST_TEST(client.exchange(api_text("DELETE", path)) == wire_end::reply);
        BOOST_TEST(client.head.starts_with("HTTP/1.1 409 CONFLICT\r\n")); // it is not delivered yet
    }
}

BOOST_AUTO_TEST_CASE(deleting_has_no_body)
{
    auto o = plain_options();
    o.delivery_time = std::chrono::milliseconds(0);
    running_simulator s(o);
    wire_client client(s.twilio.port());
    client.exchange(create_text());
    auto const path = messages_path.substr(0, messages_path.size() - 5) + "/" + s.twilio.messages().at(0).sid + ".json";
    do
        BOOST_TEST_REQUIRE(client.exchange(api_text("DELETE", path)) == wire_end::reply);
    while (client.status() == 409);
    BOOST_TEST(client.head.starts_with("HTTP/1.1 204 NO CONTENT\r\n"));
    BOOST_TEST(client.head.find("Content-Length") == std::string::npos);
    BOOST_TEST(listed(client) == 0u); // on the same connection
    BOOST_TEST(s.twilio.messages().at(0).deleted);
}

BOOST_AUTO_TEST_CASE(each_fault_looks_like_its_name)
{
    struct {
        simulated_list_fault fault;
        wire_end end;
        int status;
    } const cases[] = {{forbidden, wire_end::reply, 403},     {throttle, wire_end::reply, 429},
                       {error, wire_end::reply, 500},         {unavailable, wire_end::reply, 503},
                       {reply_lost, wire_end::closed, 0},     {reply_cut, wire_end::closed, 0},
                       {reply_garbled, wire_end::reply, 200}, {stall, wire_end::silence, 0}};
    for (bool const tls : {false, true})
        for (auto const& c : cases)
            BOOST_TEST_CONTEXT(to_string(c.fault) << (tls ? " over TLS" : ""))
            {
                simulator_options o;
                o.tls = tls;
                o.list_script["+15551230001"] = {c.fault};
                running_simulator s(o);
                auto const context = tls ? trusting(s.twilio.ca_pem()) : nullptr;
                wire_client client(s.twilio.port(), context.get());
                client.set_patience(std::chrono::milliseconds(200));
                BOOST_TEST(client.exchange(list_text()) == c.end);
                if (c.end == wire_end::reply)
                    BOOST_TEST(client.status() == c.status);
                wire_client again(s.twilio.port(), context.get());
                BOOST_TEST(listed(again) == 0u);
            }
}

BOOST_AUTO_TEST_CASE(a_cut_reply_is_part_of_one)
{
    auto o = plain_options();
    o.faults[simulated_fault::reply_cut] = 1;
    running_simulator s(o);
    bool in_head = false;
    bool in_body = false;
    for (int i = 0; i < 30; ++i) {
        wire_client client(s.twilio.port());
        client.send(create_text());
        auto const bytes = client.receive_all();
        BOOST_TEST_REQUIRE(!bytes.empty());
        BOOST_TEST(std::string_view("HTTP/1.1 201 CREATED\r\n").starts_with(bytes.substr(0, 22)));
        BOOST_TEST(!bytes.ends_with("/Media.json\"}}"));
        auto const in_what = bytes.find("\r\n\r\n");
        (in_what == std::string::npos ? in_head : in_body) = true;
    }
    BOOST_TEST((in_head && in_body));
    BOOST_TEST(s.twilio.summary().accepted == 30u);
}

BOOST_AUTO_TEST_CASE(late_messages_show_up_without_further_requests)
{
    auto o = plain_options();
    simulated_step step = simulated_fault::late_acceptance;
    step.late_by = std::chrono::milliseconds(100);
    o.script["+15551230001"] = {step};
    running_simulator s(o);
    wire_client client(s.twilio.port());
    client.set_patience(std::chrono::milliseconds(20));
    BOOST_TEST(client.exchange(create_text()) != wire_end::reply);
    while (s.twilio.summary().accepted == 0)
        std::this_thread::yield();
    BOOST_TEST(s.twilio.messages().at(0).late);
    wire_client again(s.twilio.port());
    BOOST_TEST(listed(again) == 1u);
}

BOOST_AUTO_TEST_CASE(the_date_header_is_as_wrong_as_the_clock)
{
    auto o = plain_options();
    o.clock_skew = std::chrono::hours(-24);
    running_simulator s(o);
    wire_client client(s.twilio.port());
    std::string expected;
    std::string date;
    for (int i = 0; i < 20 && (i == 0 || date != expected); ++i) { // until both are of the same second
        std::time_t const then = std::time(nullptr) - 24 * 60 * 60;
        char text[64];
        std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&then));
        expected = text;
        BOOST_TEST_REQUIRE(client.exchange(create_text()) == wire_end::reply);
        auto const at = client.head.find("Date: ") + 6;
        date = client.head.substr(at, client.head.find("\r\n", at) - at);
    }
    BOOST_TEST(date == expected);
    auto const created = std::string(boost::json::parse(client.body).at("date_created").as_string());
    BOOST_TEST(created.substr(0, 22) == date.substr(0, 22));
}

BOOST_AUTO_TEST_SUITE_END()
