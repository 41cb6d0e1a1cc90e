// 201 with a body that is not the message resource it should be: nothing is believed but a message SID in its place.
#include "hostile/row.hpp"
#include <boost/test/unit_test.hpp>

namespace twilio_sms::test {
namespace {

using namespace std::string_literals;

std::string const& sid = scripted_sid;

row no_sid(std::string name, std::string_view body)
{
    return row(std::move(name), answers(reply("201 Created", "Content-Type: application/json\r\n", body)),
               fate::unknown, errc::malformed_reply)
        .keeps();
}

row granted(std::string name, std::string_view body)
{
    return row(std::move(name), answers(reply("201 Created", "", body)), fate::accepted).keeps();
}

std::string repeated(std::string_view text, int times)
{
    std::string all;
    while (times-- > 0)
        all += text;
    return all;
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_json)

BOOST_AUTO_TEST_CASE(sids_that_are_none)
{
    play({no_sid("a number", R"({"sid":1111})"), no_sid("null", R"({"sid":null})"), no_sid("true", R"({"sid":true})"),
          no_sid("an array", R"({"sid":[")" + sid + R"("]})"),
          no_sid("an object", R"({"sid":{"sid":")" + sid + R"("}})"), no_sid("empty", R"({"sid":""})"),
          no_sid("of a call", R"({"sid":"CA)" + sid.substr(2) + R"("})"),
          no_sid("of an account", R"({"sid":"AC)" + sid.substr(2) + R"("})"),
          no_sid("in small letters", R"({"sid":"sm)" + sid.substr(2) + R"("})"),
          no_sid("too short", R"({"sid":")" + sid.substr(1) + R"("})"),
          no_sid("too long", R"({"sid":")" + sid + R"(1"})"),
          no_sid("not hex", R"({"sid":"SMzz)" + sid.substr(4) + R"("})"),
          no_sid("with a blank", R"({"sid":")" + sid + R"( "})"),
          no_sid("with NUL", R"({"sid":")" + sid + R"(\u0000"})"),
          no_sid("in another member", R"({"message_sid":")" + sid + R"(","SID":")" + sid + R"("})"),
          no_sid("only deeper", R"({"message":{"sid":")" + sid + R"("}})"),
          no_sid("in a list", R"({"messages":[{"sid":")" + sid + R"("}]})")});
}

BOOST_AUTO_TEST_CASE(sids_more_than_once)
{
    // The last one counts, as everywhere in JSON.
    auto const twice = [](std::string_view first, std::string_view second) {
        return R"({"sid":)" + std::string(first) + R"(,"sid":)" + std::string(second) + "}";
    };
    auto const good = '"' + sid + '"';
    play({granted("the good one last", twice("\"" + evil_sid + "\"", good)),
          granted("the good one after null", twice("null", good)), no_sid("rubbish last", twice(good, "\"x\"")),
          granted("deeper ones do not count", R"({"sid":)" + good + R"(,"media":{"sid":")" + evil_sid + "\"}}")});
}

BOOST_AUTO_TEST_CASE(bodies_that_are_no_message)
{
    auto const object = R"({"sid":")" + sid + "\"}";
    play({no_sid("a text", '"' + sid + '"'),
          no_sid("a list of one message", "[" + object + "]"),
          no_sid("two messages", object + object),
          no_sid("something behind it", object + "x"),
          no_sid("NUL behind it", object + "\0"s),
          no_sid("a BOM", "\xef\xbb\xbf" + object),
          no_sid("in UTF-16", "{\0\"\0s\0i\0d\0\"\0:\0"s),
          no_sid("not closed", object.substr(0, object.size() - 1)),
          no_sid("a comma too many", R"({"sid":")" + sid + R"(",})"),
          no_sid("a comment", "/* */" + object),
          no_sid("in other quotes", "{'sid':'" + sid + "'}"),
          no_sid("padded for safety", ")]}',\n" + object),
          no_sid("as a form", "sid=" + sid),
          no_sid("as XML", "<Message><Sid>" + sid + "</Sid></Message>"),
          no_sid("not UTF-8", R"({"sid":")" + sid + "\",\"body\":\"\xff\xfe\"}"),
          no_sid("half a surrogate pair", R"({"sid":")" + sid + R"(","body":"\ud83d"})"),
          no_sid("too deep", R"({"sid":")" + sid + R"(","a":)" + repeated("[", 100'000) + repeated("]", 100'000) + "}"),
          no_sid("open to no end", repeated("{\"a\":", 100'000)),
          granted("a number of a thousand digits", R"({"sid":")" + sid + R"(","n":)" + repeated("9", 1000) + "}"),
          granted("a key of 100 kB", R"({"sid":")" + sid + R"(",")" + repeated("k", 100'000) + R"(":1})"),
          granted("members of the wrong type",
                  R"({"sid":")" + sid + R"(","status":[1],"from":{},"num_segments":-1,"date_created":3})"),
          granted("an absurd number of segments", R"({"sid":")" + sid + R"(","num_segments":"99999999999999"})")});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
