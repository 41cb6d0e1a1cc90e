#include "load/settings.hpp"
#include <boost/test/unit_test.hpp>
#include <cmath>

using namespace twilio_sms::load;

BOOST_AUTO_TEST_SUITE(run_settings)

BOOST_AUTO_TEST_CASE(parts_make_the_whole)
{
    BOOST_TEST(part_of(10, 0, 3) == 4u);
    BOOST_TEST(part_of(10, 1, 3) == 3u);
    BOOST_TEST(part_of(10, 2, 3) == 3u);
    BOOST_TEST(part_of(64, 1, 2) == 32u);
}

BOOST_AUTO_TEST_CASE(problems)
{
    BOOST_TEST(problem(settings()) == "");
    struct row {
        char const* expected; // a part of it
        void (*change)(settings&);
    };
    row const rows[] = {
        {"needs --rate", [](settings& s) { s.poisson = true; }},
        {"exclude each other", [](settings& s) { s.rate = 5, s.poisson = s.bulk = true; }},
        {"cannot be divided", [](settings& s) { s.in_flight = 3, s.threads = 4; }},
        {"is not a number like", [](settings& s) { s.to = "12345678"; }},
        {"is neither", [](settings& s) { s.seconds = std::nan(""); }},
        {"is neither", [](settings& s) { s.rate = std::nan(""); }},
        {"--text", [](settings& s) { s.text.clear(); }},
        {"--text", [](settings& s) { s.text.assign(1600, 'x'); }},
        {"counted up", [](settings& s) { s.to = "+15559999999", s.recipients = 2; }},
        {"counted up", [](settings& s) { s.to = "+12345", s.recipients = 2; }},
    };
    for (auto const& row : rows) {
        settings s;
        row.change(s);
        BOOST_TEST(problem(s).find(row.expected) != std::string::npos, problem(s));
    }
    settings numbers;
    numbers.to = "12345678";
    BOOST_TEST(problem(numbers).find("345") == std::string::npos); // masked
}

BOOST_AUTO_TEST_SUITE_END()
