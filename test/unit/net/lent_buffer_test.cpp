// Bytes go through, and memory stays with nobody who does not need it.
#include "net/lent_buffer.hpp"
#include <boost/test/unit_test.hpp>
#include <list>
#include <string>
#include <string_view>

namespace twilio_sms::test {

using detail::lent_buffer;

namespace {

std::string_view text_of(lent_buffer const& b)
{
    return {b.bytes().data(), b.bytes().size()};
}

} // namespace

BOOST_AUTO_TEST_SUITE(lent_buffers)

BOOST_AUTO_TEST_CASE(a_queue)
{
    lent_buffer b;
    BOOST_TEST(b.empty());
    b.append(std::string_view("abc"));
    b.append(std::string_view("de"));
    b.consume(2);
    BOOST_TEST(text_of(b) == "cde");
    b.append(std::string_view("f"));
    b.consume(3);
    b.append(std::string_view("gh")); // the front is dropped
    BOOST_TEST(text_of(b) == "fgh");
    b.consume(3);
    BOOST_TEST(b.empty());
    b.append(std::string_view("i"));
    BOOST_TEST(text_of(b) == "i");
}

BOOST_AUTO_TEST_CASE(an_empty_one_has_no_memory)
{
    std::string const large(70'000, 'x');
    std::list<lent_buffer> many(40); // more than a thread keeps to lend
    for (auto& b : many)
        b.append(std::string_view("some"));
    many.front().append(large);
    for (auto& b : many)
        b.consume(b.bytes().size());
    for (auto const& b : many)
        BOOST_TEST(b.capacity() == 0u);
    many.front().append(std::string_view());
    BOOST_TEST(many.front().capacity() == 0u);
}

BOOST_AUTO_TEST_CASE(memory_is_lent_again)
{
    lent_buffer first, second;
    first.append(std::string(5'000, 'x'));
    void const* const memory = first.bytes().data(); // Boost.Test compares char const* as text
    first.consume(5'000);
    second.append(std::string_view("y"));
    BOOST_TEST(static_cast<void const*>(second.bytes().data()) == memory);
    BOOST_TEST(second.capacity() >= 5'000u);
}

BOOST_AUTO_TEST_CASE(one_that_is_never_empty_stays_small)
{
    lent_buffer b;
    std::string const piece(1'000, 'x');
    b.append(piece);
    for (int i = 0; i < 10'000; ++i) {
        b.append(piece);
        b.consume(1'000);
    }
    BOOST_TEST(b.capacity() < 10'000u);
    BOOST_TEST(b.bytes().size() == 1'000u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
