#define BOOST_TEST_MODULE benchmarks
#include <boost/test/unit_test.hpp>
