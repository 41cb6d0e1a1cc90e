#include "core/trace_parent.hpp"
#include "support.hpp"

using namespace twilio_sms::detail;

BOOST_AUTO_TEST_SUITE(trace_parent)

BOOST_AUTO_TEST_CASE(what_is_passed_on)
{
    std::string const valid = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    BOOST_TEST(valid_trace_parent(valid) == valid);
    BOOST_TEST(trace_id(valid) == "4bf92f3577b34da6a3ce929d0e0e4736");
    BOOST_TEST(trace_id("") == "");
}

BOOST_AUTO_TEST_CASE(what_is_left_out)
{
    for (std::string const text : {
             "",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-011",
             "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", // versions not known yet
             "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
             "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
             "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
             "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7\r\n1",
         })
        BOOST_TEST(valid_trace_parent(text) == "", text);
}

BOOST_AUTO_TEST_SUITE_END()
