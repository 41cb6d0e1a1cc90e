#include "load/audit.hpp"
#include "load/numbered_text.hpp"
#include <boost/test/unit_test.hpp>
#include <ostream>

using namespace twilio_sms::load;
using twilio_sms::fate;

namespace {

std::string const run_id = "0123456789abcdef";

std::string line(std::uint64_t number, std::string const& run = run_id, bool foreign = false)
{
    auto text = numberable("a text, \\\"foreign\\\":true", run);
    set_number(text, number);
    return R"({"sid":"SM1","body":")" + text + R"(","foreign":)" + (foreign ? "true" : "false") + R"(,"late":false})";
}

// Number 0, 2, 4, ... belong to the first lane, 1, 3, ... to the second.
audit_result audited(std::vector<fate> const& first, std::vector<fate> const& second,
                     std::vector<std::string> const& truth)
{
    told lanes[2];
    for (auto const& [lane, fates] : {std::pair(&lanes[0], &first), std::pair(&lanes[1], &second)})
        for (std::size_t i = 0; i < fates->size(); ++i) {
            lane->begin();
            lane->ended(i, (*fates)[i]);
        }
    audit all({&lanes[0], &lanes[1]}, run_id);
    for (auto const& l : truth)
        all.add(l);
    return all.result();
}

} // namespace

BOOST_AUTO_TEST_SUITE(audits)

BOOST_AUTO_TEST_CASE(clean)
{
    auto const r = audited({fate::accepted, fate::rejected}, {fate::accepted}, {line(1), line(0)});
    BOOST_TEST(r.clean());
    BOOST_TEST(r.taken == 2u);
}

BOOST_AUTO_TEST_CASE(each_finding)
{
    auto const yes = fate::accepted, no = fate::not_sent, maybe = fate::unknown;
    struct row {
        char const* name;
        std::vector<fate> first, second;
        std::vector<std::string> truth;
        std::uint64_t lost, duplicated, wrong, unknown, unknown_taken;
    };
    row const rows[] = {
        {"lost", {yes, yes}, {yes}, {line(0), line(1)}, 1, 0, 0, 0, 0},
        {"twice", {yes}, {yes}, {line(0), line(1), line(0)}, 0, 1, 0, 0, 0},
        {"four times", {yes}, {}, {line(0), line(0), line(0), line(0)}, 0, 3, 0, 0, 0},
        {"said not to be sent", {no}, {yes}, {line(0), line(1)}, 0, 0, 1, 0, 0},
        {"said to be rejected", {fate::rejected}, {}, {line(0)}, 0, 0, 1, 0, 0},
        {"never begun in a shorter lane", {yes, yes}, {yes}, {line(0), line(1), line(2), line(3)}, 0, 0, 1, 0, 0},
        {"never begun at all", {yes}, {}, {line(0), line(77)}, 0, 0, 1, 0, 0},
        {"unknown", {maybe, maybe}, {maybe}, {line(0), line(1)}, 0, 0, 0, 3, 2},
        {"unknown and twice", {maybe}, {}, {line(0), line(0)}, 0, 1, 0, 1, 1},
        {"of another run", {yes}, {}, {line(0), line(0, "fedcba9876543210")}, 0, 0, 0, 0, 0},
        {"of another program", {yes}, {}, {line(0), line(0, run_id, true)}, 0, 0, 0, 0, 0},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.name)
        {
            auto const r = audited(row.first, row.second, row.truth);
            BOOST_TEST(r.lost == row.lost);
            BOOST_TEST(r.duplicated == row.duplicated);
            BOOST_TEST(r.wrong == row.wrong);
            BOOST_TEST(r.unknown == row.unknown);
            BOOST_TEST(r.unknown_taken == row.unknown_taken);
            BOOST_TEST(r.clean() == (row.lost + row.duplicated + row.wrong == 0));
        }
}

BOOST_AUTO_TEST_CASE(not_clean_while_something_is_still_to_be_taken)
{
    audit_result r;
    BOOST_TEST(r.clean());
    r.pending = 1;
    BOOST_TEST(!r.clean());
}

BOOST_AUTO_TEST_CASE(small_values_stay_where_they_are_put)
{
    small_values all;
    for (std::uint64_t i = 0; i < 10'001; ++i) {
        all.resize(i + 1);
        BOOST_TEST(all[i] == 0u);
        all.set(i, i % 4);
    }
    all.set(5, 3);
    all.set(5, 0);
    for (std::uint64_t i = 0; i < all.size(); ++i)
        BOOST_TEST(all[i] == (i == 5 ? 0 : i % 4));
}

BOOST_AUTO_TEST_CASE(numbers_in_texts)
{
    auto text = numberable("hello", run_id);
    BOOST_TEST(text == "hello #0123456789abcdef-000000000000");
    set_number(text, 42);
    BOOST_TEST(text == "hello #0123456789abcdef-000000000042");
    set_number(text, 999'999'999'999);
    BOOST_TEST(find_number("{\"body\":\"" + text + "\"}", run_id).value() == 999'999'999'999u);
    BOOST_TEST(!find_number(text, "fedcba9876543210").has_value());
    BOOST_TEST(!find_number(text.substr(0, text.size() - 1), run_id).has_value());
    BOOST_TEST(!find_number("#0123456789abcdef-00000000000x", run_id).has_value());
    BOOST_TEST(!find_number("#0123456789abcdef:000000000042", run_id).has_value());
    BOOST_TEST(new_run_id().size() == 16u);
    BOOST_TEST(new_run_id() != new_run_id());
}

BOOST_AUTO_TEST_CASE(recipients_in_turn)
{
    std::string to = "+15558675310";
    BOOST_TEST(recipient_of(to).value() == 8675310u);
    set_recipient(to, 12);
    BOOST_TEST(to == "+15550000012");
    BOOST_TEST(!recipient_of("+12345").has_value());
    BOOST_TEST(!recipient_of("messenger:somebody").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
