#include "support.hpp"
#include "twilio/routed_host.hpp"

using twilio_sms::detail::routed_host;

BOOST_AUTO_TEST_SUITE(routed_hosts)

BOOST_AUTO_TEST_CASE(regions_and_edges)
{
    struct row {
        char const *host, *region, *edge, *want; // null: not a host that can be routed
    };
    row const rows[] = {
        {"api.twilio.com", "", "", "api.twilio.com"},
        {"api.twilio.com", "au1", "", "api.au1.twilio.com"},
        {"api.twilio.com", "", "sydney", "api.sydney.us1.twilio.com"},
        {"api.twilio.com", "au1", "sydney", "api.sydney.au1.twilio.com"},
        {"api.ie1.twilio.com", "", "", "api.ie1.twilio.com"},
        {"api.ie1.twilio.com", "au1", "", "api.au1.twilio.com"},
        {"api.ie1.twilio.com", "", "dublin", "api.dublin.ie1.twilio.com"},
        {"api.ie1.twilio.com", "au1", "sydney", "api.sydney.au1.twilio.com"},
        {"api.dublin.ie1.twilio.com", "", "", "api.dublin.ie1.twilio.com"},
        {"api.dublin.ie1.twilio.com", "au1", "", "api.dublin.au1.twilio.com"},
        {"api.dublin.ie1.twilio.com", "", "sydney", "api.sydney.ie1.twilio.com"},
        {"api.dublin.ie1.twilio.com", "au1", "sydney", "api.sydney.au1.twilio.com"},
        {"messaging.twilio.com", "au1", "", "messaging.au1.twilio.com"},
        {"API.Twilio.COM", "au1", "", "API.au1.Twilio.COM"},
        // Without region and edge any host is fine.
        {"127.0.0.1", "", "", "127.0.0.1"},
        {"gateway.example.com", "", "", "gateway.example.com"},
        {"127.0.0.1", "au1", "", nullptr},
        {"localhost", "", "sydney", nullptr},
        {"::1", "au1", "", nullptr},
        {"gateway.example.com", "au1", "sydney", nullptr},
        {"api.twilio.com.example.com", "au1", "", nullptr},
        {"api.nottwilio.com", "au1", "", nullptr},
        {"api.twilio.org", "au1", "", nullptr},
        {"twilio.com", "au1", "", nullptr},
        {"a.b.c.d.twilio.com", "au1", "", nullptr},
        {"api..twilio.com", "au1", "", nullptr},
        {".twilio.com", "au1", "", nullptr},
        {"api.twilio.com.", "au1", "", nullptr},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.host << ", region '" << row.region << "', edge '" << row.edge << "'")
        {
            BOOST_TEST(routed_host(row.host, row.region, row.edge).value_or("(none)") ==
                       (row.want ? row.want : "(none)"));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
