// Run as: cli_tests [Boost.Test options] -- path/to/twilio-sms
#define BOOST_TEST_MODULE cli
#include <boost/test/unit_test.hpp>
