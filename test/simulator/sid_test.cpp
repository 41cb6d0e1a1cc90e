#include "core/notification_check.hpp"
#include "simulator/sid.hpp"
#include <boost/test/unit_test.hpp>
#include <set>

using namespace twilio_sms::detail;
using namespace twilio_sms::detail::sim;

namespace {

std::string make(sid_sequence const& s, std::uint64_t n)
{
    std::string text;
    s.append(text, "SM", n);
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sids)

BOOST_AUTO_TEST_CASE(tell_their_number)
{
    sid_sequence const s(0x1234'5678'9abc'def0u);
    std::set<std::string> all;
    for (std::uint64_t n : {0ull, 1ull, 2ull, 1'000'000ull, ~0ull}) {
        auto const sid = make(s, n);
        BOOST_TEST(is_sid(sid, "SM"), sid);
        BOOST_TEST((s.number_of(sid) == n));
        all.insert(sid);
    }
    BOOST_TEST(all.size() == 5u);
}

BOOST_AUTO_TEST_CASE(other_runs_and_other_texts_are_nobody)
{
    sid_sequence const s(1);
    sid_sequence const other(2);
    BOOST_TEST(!s.number_of(make(other, 5)).has_value());
    BOOST_TEST(make(s, 5) != make(other, 5));
    auto changed = make(s, 5);
    changed.back() = changed.back() == '0' ? '1' : '0';
    BOOST_TEST(!s.number_of(changed).has_value());
    for (auto const* text : {"", "SM", "SM0123456789abcdef0123456789abcdeg", "SM0123456789abcdef0123456789abcdef0"})
        BOOST_TEST(!s.number_of(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
