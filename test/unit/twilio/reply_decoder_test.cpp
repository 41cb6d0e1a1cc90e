#include "allocation_count.hpp"
#include "core/utf8.hpp"
#include "support.hpp"
#include "twilio/reply_decoder.hpp"

using namespace twilio_sms;
using namespace twilio_sms::detail;
using namespace std::literals;

namespace {

constexpr auto sid = "SM8af02b4fd2811b2cf63689cd751d42c7";

// As recorded from the live API; see the parameters of each test for what varies.
std::string const recorded =
    R"({"body": "Sent from your Twilio trial account - 460583", "num_segments": "2", "direction": "outbound-api",
 "from": "+13346506264", "date_updated": "Fri, 03 Nov 2023 17:23:23 +0000", "price": null, "error_message": null,
 "uri": "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Messages/SM8af02b4fd2811b2cf63689cd751d42c7.json",
 "account_sid": "AC0123456789abcdef0123456789abcdef", "num_media": "0", "to": "+201000000000",
 "date_created": "Fri, 03 Nov 2023 17:23:23 +0000", "status": "queued",
 "sid": "SM8af02b4fd2811b2cf63689cd751d42c7", "date_sent": null, "messaging_service_sid": null,
 "error_code": null, "price_unit": "USD", "api_version": "2010-04-01", "subresource_uris": {"media": "/x",
 "sid": "SM00000000000000000000000000000000"}})";

std::string with_sid(std::string_view members)
{
    return R"({"sid":"SM8af02b4fd2811b2cf63689cd751d42c7")" + std::string(members) + "}";
}

} // namespace

BOOST_AUTO_TEST_SUITE(reply_decoder)

BOOST_AUTO_TEST_CASE(a_recorded_message)
{
    using namespace std::chrono;
    receipt r;
    r.request_id = "RQ1";
    r.attempts = 3;
    BOOST_REQUIRE(decode_message(recorded, r));
    BOOST_TEST(r.sid == sid);
    BOOST_TEST(r.status == "queued");
    BOOST_TEST(r.from == "+13346506264");
    BOOST_TEST(r.messaging_service_sid == "");
    BOOST_TEST(r.segments == 2);
    BOOST_TEST((r.date_created == sys_days(year(2023) / 11 / 3) + 17h + 23min + 23s));
    BOOST_TEST(r.request_id == "RQ1"); // not in the body: not touched
    BOOST_TEST(r.attempts == 3);
}

BOOST_AUTO_TEST_CASE(through_a_service)
{
    receipt r;
    BOOST_REQUIRE(decode_message(with_sid(R"(,"from":null,"messaging_service_sid":"MG0123456789abcdef0123456789abcdef",
        "num_segments":"0","status":"accepted")"),
                                 r));
    BOOST_TEST(r.from == "");
    BOOST_TEST(r.messaging_service_sid == "MG0123456789abcdef0123456789abcdef");
    BOOST_TEST(r.segments == 0);
    BOOST_TEST(r.status == "accepted");
}

BOOST_AUTO_TEST_CASE(only_the_receipts_own_strings_are_allocated)
{
    receipt r;
    auto const before = test::allocation_count();
    bool const ok = decode_message(recorded, r);
    auto const after = test::allocation_count();
    BOOST_TEST(ok);
    BOOST_TEST(after - before == 1u); // the SID; status and number fit into the string objects
}

BOOST_AUTO_TEST_CASE(odd_but_usable)
{
    struct row {
        char const* name;
        std::string body;
        std::string status;
        int segments;
    };
    row const rows[] = {
        {"only a SID", with_sid(""), "", 0},
        {"MMS", R"({"sid":"MM8af02b4fd2811b2cf63689cd751d42c7"})", "", 0},
        {"white space around", " \r\n\t" + with_sid("") + " \n", "", 0},
        {"unknown members", with_sid(R"(,"x":1,"y":[1,[2]],"z":{"status":"no"},"status":"sent")"), "sent", 0},
        {"nulls", with_sid(R"(,"status":null,"num_segments":null,"date_created":null)"), "", 0},
        {"wrong types", with_sid(R"(,"status":7,"num_segments":4,"date_created":[],"from":{"a":"b"})"), "", 0},
        {"more wrong types", with_sid(R"(,"status":true,"num_segments":1.5,"from":-1e300,"date_created":false)"), "",
         0},
        {"status in an array", with_sid(R"(,"status":["queued"])"), "", 0},
        {"segments with text", with_sid(R"(,"num_segments":"3x")"), "", 0},
        {"negative segments", with_sid(R"(,"num_segments":"-3")"), "", 0},
        {"too many segments", with_sid(R"(,"num_segments":"99999999999")"), "", 0},
        {"very long segments", with_sid(R"(,"num_segments":"00000000000000000000001")"), "", 0},
        {"largest that fits", with_sid(R"(,"num_segments":"2147483647")"), "", 2147483647},
        {"empty segments", with_sid(R"(,"num_segments":"")"), "", 0},
        {"escapes in the key", with_sid(R"(,"st\u0061tus":"queued")"), "queued", 0},
        {"escapes in the value", with_sid(R"(,"status":"que\u0075ed")"), "queued", 0},
        {"a duplicated key: the last counts", with_sid(R"(,"status":"a","status":"b")"), "b", 0},
        {"a SID replaced", R"({"sid":"bad","sid":"SM8af02b4fd2811b2cf63689cd751d42c7"})", "", 0},
        {"null after a value is passed over", with_sid(R"(,"status":"a","status":null)"), "a", 0},
        {"a key that only begins like one", with_sid(R"(,"status_":"no","statu":"no","Status":"no")"), "", 0},
        {"a very long key", with_sid(",\"" + std::string(100'000, 'k') + "\":\"x\",\"status\":\"ok\""), "ok", 0},
        {"a key one byte too long", with_sid(",\"" + std::string(33, 's') + "\":\"x\",\"status\":\"ok\""), "ok", 0},
        {"an empty key", with_sid(R"(,"":"x","status":"ok")"), "ok", 0},
        {"nested as deep as allowed", with_sid(R"(,"a":[[[[[[[]]]]]]],"status":"ok")"), "ok", 0},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.name)
        {
            receipt r;
            BOOST_TEST(decode_message(row.body, r));
            BOOST_TEST(r.status == row.status);
            BOOST_TEST(r.segments == row.segments);
        }
    }
}

BOOST_AUTO_TEST_CASE(not_a_message)
{
    std::pair<char const*, std::string> const rows[] = {
        {"nothing", ""},
        {"white space", "  \n"},
        {"HTML", "<html><body>503</body></html>"},
        {"a string", R"("SM8af02b4fd2811b2cf63689cd751d42c7")"},
        {"a number", "201"},
        {"null", "null"},
        {"an array", R"(["sid","SM8af02b4fd2811b2cf63689cd751d42c7"])"},
        {"an array of messages", "[" + with_sid("") + "]"},
        {"no members", "{}"},
        {"no SID", R"({"status":"queued"})"},
        {"null SID", R"({"sid":null})"},
        {"SID of an account", R"({"sid":"AC8af02b4fd2811b2cf63689cd751d42c7"})"},
        {"short SID", R"({"sid":"SM8af02b4fd2811b2cf63689cd751d42c"})"},
        {"long SID", R"({"sid":"SM8af02b4fd2811b2cf63689cd751d42c70"})"},
        {"SID with a line break", R"({"sid":"SM8af02b4fd2811b2cf63689cd751d42c\n"})"},
        {"SID deeper", R"({"message":{"sid":"SM8af02b4fd2811b2cf63689cd751d42c7"}})"},
        {"two objects", with_sid("") + with_sid("")},
        {"text after it", with_sid("") + "x"},
        {"NUL after it", with_sid("") + std::string(1, '\0')},
        {"trailing comma", with_sid(",")},
        {"comment", with_sid("/* */")},
        {"single quotes", R"({'sid':'SM8af02b4fd2811b2cf63689cd751d42c7'})"},
        {"line break in a string", with_sid(",\"x\":\"a\nb\"")},
        {"not UTF-8 in a value", with_sid(",\"x\":\"caf\xe9\"")},
        {"not UTF-8 in a key", with_sid(",\"caf\xe9\":1")},
        {"half a surrogate pair", with_sid(R"(,"x":"\ud83d")")},
        {"one level too deep", with_sid(R"(,"a":[[[[[[[[]]]]]]]])")},
        {"far too deep", with_sid(",\"a\":" + std::string(200'000, '['))},
        {"far too deep in objects",
         [] {
             std::string s;
             for (int i = 0; i < 50'000; ++i)
                 s += "{\"a\":";
             return s;
         }()},
        {"UTF-16", "{\0\"\0s\0i\0d\0"s},
        {"byte order mark", "\xef\xbb\xbf" + with_sid("")},
    };
    for (auto const& [name, text] : rows) {
        receipt r;
        BOOST_TEST(!decode_message(text, r), name);
    }
}

BOOST_AUTO_TEST_CASE(cut_anywhere_it_is_not_a_message)
{
    for (std::size_t n = 0; n < recorded.size(); ++n) {
        receipt r;
        if (decode_message(std::string(recorded, 0, n), r)) // a copy, so that reading past its end is seen
            BOOST_ERROR("accepted after " << n << " bytes");
    }
}

BOOST_AUTO_TEST_CASE(one_byte_changed_never_gives_another_sid)
{
    for (std::size_t i = 0; i < recorded.size(); ++i) {
        for (char const c : {'\0', '"', '\\', '{', '}', '\xff', '7'}) {
            auto body = recorded;
            body[i] = c;
            receipt r;
            if (decode_message(body, r) && r.sid != sid) {
                // Only a hex digit in the place of another one does.
                auto const at = recorded.find("\"sid\": \"SM8") + 8;
                BOOST_TEST((i >= at && i < at + 34 && c == '7'));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(strings_are_capped)
{
    receipt r;
    BOOST_REQUIRE(decode_message(with_sid(",\"status\":\"" + std::string(500'000, 's') + "\",\"from\":\"x\""), r));
    BOOST_TEST(r.status == std::string(4096, 's'));
    BOOST_TEST(r.from == "x");

    std::string escaped; // comes in many parts
    for (int i = 0; i < 10'000; ++i)
        escaped += "\\u0041";
    BOOST_REQUIRE(decode_message(with_sid(",\"status\":\"" + escaped + "\""), r));
    BOOST_TEST(r.status == std::string(4096, 'A'));

    std::string umlauts = "x"; // two bytes each: one would be cut in half
    for (int i = 0; i < 3'000; ++i)
        umlauts += "\xc3\xa4";
    BOOST_REQUIRE(decode_message(with_sid(",\"status\":\"" + umlauts + "\""), r));
    BOOST_TEST(r.status == umlauts.substr(0, 4095));
}

BOOST_AUTO_TEST_CASE(a_mebibyte_of_garbage)
{
    std::string const pieces[] = {"\xff", "[", "{\"a\":", "\"", "\\", "9", "-", "{\"sid\":\"SM", ",", "\0"s, "e9", " "};
    for (auto const& piece : pieces) {
        std::string garbage;
        while (garbage.size() < 1'048'576)
            garbage += piece;
        receipt r;
        BOOST_TEST(!decode_message(garbage, r));
        BOOST_TEST(decode_error(garbage, 500).code == 0);
        BOOST_TEST(decode_error("{\"x\":" + garbage, 500).code == 0);
    }
}

BOOST_AUTO_TEST_CASE(errors)
{
    struct row {
        char const* name;
        std::string body;
        int status;
        int code;
        std::string message;
    };
    row const rows[] = {
        {"as recorded",
         R"({"code": 21211, "message": "The 'To' number +15558675310 is not a valid phone number.",
             "more_info": "https://www.twilio.com/docs/errors/21211", "status": 400})",
         400, 21211, "The 'To' number +15*******10 is not a valid phone number."},
        {"a code that only repeats the status", R"({"code":503,"message":"Service Unavailable"})", 503, 0,
         "Service Unavailable"},
        {"no code", R"({"message":"hm"})", 400, 0, "hm"},
        {"no message", R"({"code":20003})", 401, 20003, ""},
        {"a code as a string", R"({"code":"21211","message":"m"})", 400, 0, "m"},
        {"a broken code", R"({"code":21211.5})", 400, 0, ""},
        {"a code with an exponent", R"({"code":2e4})", 400, 0, ""},
        {"a null code", R"({"code":null,"message":null})", 400, 0, ""},
        {"a negative code", R"({"code":-21211})", 400, 0, ""},
        {"a code above int", R"({"code":2147483648})", 400, 0, ""},
        {"a code above int64", R"({"code":18446744073709551615})", 400, 0, ""},
        {"a code above everything", R"({"code":99999999999999999999999999})", 400, 0, ""},
        {"the largest int", R"({"code":2147483647})", 400, 2147483647, ""},
        {"two codes: the last counts", R"({"code":1,"code":21610})", 400, 21610, ""},
        {"a code deeper", R"({"details":{"code":1,"message":"x"},"code":20429,"message":"y"})", 429, 20429, "y"},
        {"a code in an array", R"({"code":[21211]})", 400, 0, ""},
        {"line breaks", R"({"code":1,"message":"a\r\nb\u0000c\u007fd"})", 400, 1, "a  b c d"},
        {"commands to a terminal", R"({"code":1,"message":"a\u001b[2J\u009b2J\u202eb"})", 400, 1, "a [2J 2J b"},
        {"a number with a line break in it", R"({"code":1,"message":"+1555\n8675310"})", 400, 1, "+15** *****10"},
        {"a SID stays", R"({"code":1,"message":"SM12345678901234567890123456789012"})", 400, 1,
         "SM12345678901234567890123456789012"},
        {"HTML", "<html>", 503, 0, ""},
        {"nothing", "", 503, 0, ""},
        {"an array", R"([{"code":21211}])", 400, 0, ""},
        {"cut", R"({"code":21211,"message":"abc)", 400, 0, ""},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.name)
        {
            auto const e = decode_error(row.body, row.status);
            BOOST_TEST(e.code == row.code);
            BOOST_TEST(e.message == row.message);
        }
    }
}

BOOST_AUTO_TEST_CASE(long_error_texts_are_cut_between_characters)
{
    auto const message = [](std::string const& text) {
        return decode_error("{\"code\":1,\"message\":\"" + text + "\"}", 400).message;
    };
    BOOST_TEST(message(std::string(300, 'x')) == std::string(300, 'x'));
    BOOST_TEST(message(std::string(301, 'x')) == std::string(300, 'x'));
    for (std::size_t lead = 290; lead <= 300; ++lead) {
        for (auto const letter : {"\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"}) {
            auto text = std::string(lead, 'x');
            for (int i = 0; i < 20; ++i)
                text += letter;
            auto const cut = message(text);
            BOOST_TEST(cut.size() <= 300u);
            BOOST_TEST(cut.size() > 296u);
            BOOST_TEST(count_code_points(cut).has_value());
        }
    }
    // A number across the cut is masked before it.
    BOOST_TEST(message(std::string(294, 'x') + " +15558675310") == std::string(294, 'x') + " +15**");
}

BOOST_AUTO_TEST_SUITE_END()
