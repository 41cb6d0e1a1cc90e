#include "core/retry_after.hpp"
#include "support.hpp"

using namespace twilio_sms::detail;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_seconds now = std::chrono::sys_days(std::chrono::year(2024) / 2 / 28) + 23h + 59min + 50s;

} // namespace

BOOST_AUTO_TEST_SUITE(dates_and_retry_after)

BOOST_AUTO_TEST_CASE(dates)
{
    using namespace std::chrono;
    struct row {
        char const* text;
        std::optional<sys_seconds> when;
    };
    row const rows[] = {
        {"Sun, 06 Nov 1994 08:49:37 GMT", sys_days(year(1994) / 11 / 6) + 8h + 49min + 37s},
        {"Thu, 24 Aug 2023 05:01:45 +0000", sys_days(year(2023) / 8 / 24) + 5h + 1min + 45s},
        {"Mon, 06 Nov 1994 08:49:37 GMT", sys_days(year(1994) / 11 / 6) + 8h + 49min + 37s}, // a Sunday
        {"Thu, 29 Feb 2024 23:59:59 GMT", sys_days(year(2024) / 2 / 29) + 23h + 59min + 59s},
        {"Sat, 31 Dec 2016 23:59:60 GMT", sys_days(year(2017) / 1 / 1)}, // a leap second
        {"Thu, 01 Jan 1970 00:00:00 GMT", sys_seconds{}},
        {"Fri, 31 Dec 9999 23:59:59 GMT", sys_days(year(9999) / 12 / 31) + 23h + 59min + 59s},
        {"Wed, 29 Feb 2023 00:00:00 GMT", {}},
        {"Wed, 31 Apr 2023 00:00:00 GMT", {}},
        {"Wed, 00 Apr 2023 00:00:00 GMT", {}},
        {"Sun, 06 Nov 1994 24:00:00 GMT", {}},
        {"Sun, 06 Nov 1994 08:60:00 GMT", {}},
        {"Sun, 06 Nov 1994 08:00:61 GMT", {}},
        {"Sun, 06 Nov 1994 08:49:37 EST", {}},
        {"Sun, 06 Nov 1994 08:49:37 +0100", {}},
        {"Sun, 06 Nov 1994 08:49:37", {}},
        {"Sun, 06 Nov 1994 08:49:37 GMT ", {}},
        {" Sun, 06 Nov 1994 08:49:37 GMT", {}},
        {"Sunday, 06-Nov-94 08:49:37 GMT", {}},
        {"Sun Nov  6 08:49:37 1994", {}},
        {"Sun, 6 Nov 1994 08:49:37 GMT", {}},
        {"Sun, 06 nov 1994 08:49:37 GMT", {}},
        {"Sun, 06 Foo 1994 08:49:37 GMT", {}},
        {"Sun, 0x Nov 1994 08:49:37 GMT", {}},
        {"Sun, 06-Nov 1994 08:49:37 GMT", {}},
        {"Sun, 06 Nov-1994 08:49:37 GMT", {}},
        {"Sun, 06 Nov 19x4 08:49:37 GMT", {}},
        {"Sun, 06 Nov 1994-08:49:37 GMT", {}},
        {"Sun, 06 Nov 1994 xx:49:37 GMT", {}},
        {"Sun, 06 Nov 1994 08.49:37 GMT", {}},
        {"Sun, 06 Nov 1994 08:xx:37 GMT", {}},
        {"Sun, 06 Nov 1994 08:49.37 GMT", {}},
        {"Sun, 06 Nov 1994 08:49:3x GMT", {}},
        {"2023-08-24T05:01:45Z", {}},
        {"Sun,", {}},
        {"", {}},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST((parse_date(row.text) == row.when));
        }
}

BOOST_AUTO_TEST_CASE(a_date_cut_anywhere_is_none)
{
    std::string_view const whole = "Thu, 24 Aug 2023 05:01:45 +0000";
    for (std::size_t n = 0; n < whole.size(); ++n)
        BOOST_TEST(!parse_date(whole.substr(0, n)));
}

BOOST_AUTO_TEST_CASE(waits)
{
    struct row {
        char const* text;
        std::optional<std::chrono::seconds> wait;
    };
    row const rows[] = {
        {"0", 0s},
        {"1", 1s},
        {"120", 120s},
        {"0007", 7s},
        {"86399", 86399s},
        {"86400", 24h},
        {"86401", 24h},
        {"99999999999999999999999999", 24h}, // more than any integer
        {"-1", {}},
        {"-99999999999999999999999999", {}},
        {"+5", {}},
        {"1.5", {}},
        {"5s", {}},
        {" 5", {}},
        {"", {}},
        {"soon", {}},
        {"Wed, 28 Feb 2024 23:59:50 GMT", 0s},
        {"Wed, 28 Feb 2024 23:59:51 GMT", 1s},
        {"Thu, 29 Feb 2024 00:00:20 GMT", 30s},
        {"Wed, 28 Feb 2024 23:59:49 GMT", 0s}, // the past
        {"Thu, 01 Jan 1970 00:00:00 GMT", 0s},
        {"Fri, 31 Dec 9999 23:59:59 GMT", 24h},
        {"Wed, 30 Feb 2024 23:59:50 GMT", {}},
    };
    for (auto const& row : rows)
        BOOST_TEST_CONTEXT(row.text)
        {
            BOOST_TEST((parse_retry_after(row.text, now) == row.wait));
        }
}

BOOST_AUTO_TEST_SUITE_END()
