#define BOOST_TEST_MODULE dispatcher
#include <boost/test/unit_test.hpp>
