#include "campaign/error.hpp"
#include "campaign/results_file.hpp"
#include "support.hpp"
#include <csignal>
#include <sys/resource.h>

namespace twilio_sms::test {
namespace {

using campaign::if_exists;
using campaign::input_error;
using campaign::local_failure;
using campaign::results_file;

// A disk that is full after so many bytes.
class file_size_limit {
public:
    explicit file_size_limit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    file_size_limit(file_size_limit const&) = delete;
    file_size_limit& operator=(file_size_limit const&) = delete;
    ~file_size_limit()
    {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, SIG_DFL);
    }

private:
    rlimit before_{};
};

} // namespace

BOOST_AUTO_TEST_SUITE(results)

BOOST_AUTO_TEST_CASE(lines_are_there_at_once)
{
    temporary_directory const directory;
    results_file file(directory.path("out"), if_exists::refuse);
    BOOST_TEST(read_file(file.path()).empty());
    file.write_line("one");
    BOOST_TEST(read_file(file.path()) == "one\n");
    file.write_line("two");
    BOOST_TEST(read_file(file.path()) == "one\ntwo\n");
    file.sync();
    auto const others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    BOOST_TEST(((std::filesystem::status(file.path()).permissions() & others) == std::filesystem::perms::none));
}

BOOST_AUTO_TEST_CASE(old_results)
{
    temporary_directory const directory;
    auto const path = directory.write("out", "precious\n");
    BOOST_TEST(message_of<input_error>([&] { results_file(path, if_exists::refuse); }) ==
               path + ": already holds results; give another name, or --overwrite to lose them");
    BOOST_TEST(read_file(path) == "precious\n");

    results_file file(path, if_exists::overwrite);
    file.write_line("new");
    BOOST_TEST(read_file(path) == "new\n");

    results_file(directory.write("empty", ""), if_exists::refuse).write_line("x");
    BOOST_TEST(read_file(directory.path("empty")) == "x\n");
}

BOOST_AUTO_TEST_CASE(one_campaign_at_a_time)
{
    temporary_directory const directory;
    results_file const first(directory.path("out"), if_exists::refuse);
    BOOST_TEST(message_of<local_failure>([&] { results_file(first.path(), if_exists::overwrite); }) ==
               first.path() + ": another campaign is writing to it");
}

BOOST_AUTO_TEST_CASE(cannot_be_written)
{
    temporary_directory const directory;
    auto const nowhere = directory.path("no/such/out");
    BOOST_TEST(message_of<local_failure>([&] { results_file(nowhere, if_exists::refuse); }) ==
               nowhere + ": cannot be written: No such file or directory; give --results another file name");
    BOOST_TEST(message_of<local_failure>([&] { results_file("/dev/full", if_exists::refuse); }) ==
               "/dev/full: cannot be written: No space left on device");
}

BOOST_AUTO_TEST_CASE(no_half_line_on_a_full_disk)
{
    temporary_directory const directory;
    results_file file(directory.path("out"), if_exists::refuse);
    file.write_line("12345");
    {
        file_size_limit const limit(10);
        BOOST_CHECK_THROW(file.write_line("1234567890"), local_failure);
        BOOST_TEST(read_file(file.path()) == "12345\n");
    }
    file.write_line("more");
    BOOST_TEST(read_file(file.path()) == "12345\nmore\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
