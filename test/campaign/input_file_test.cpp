#include "campaign/error.hpp"
#include "campaign/input_file.hpp"
#include "support.hpp"
#include <sys/stat.h>

namespace twilio_sms::test {
namespace {

using campaign::input_error;
using campaign::input_file;

std::string error_of(std::string const& path)
{
    return message_of<input_error>([&] { input_file{path}; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(input_files)

BOOST_AUTO_TEST_CASE(reads_again_from_the_start)
{
    temporary_directory const directory;
    input_file file(directory.write("a.csv", "hello"));
    for (int pass = 0; pass < 2; ++pass) {
        std::string buffer(3, ' ');
        BOOST_TEST(file.read(buffer) == 3u);
        BOOST_TEST(buffer == "hel");
        BOOST_TEST(file.read(buffer) == 2u);
        BOOST_TEST(file.read(buffer) == 0u);
        file.rewind();
    }
}

BOOST_AUTO_TEST_CASE(keeps_the_file_when_its_name_goes_to_another)
{
    temporary_directory const directory;
    input_file file(directory.write("a.csv", "old"));
    std::filesystem::rename(directory.write("b.csv", "new"), file.path());
    std::string buffer(3, ' ');
    file.read(buffer);
    BOOST_TEST(buffer == "old");
    BOOST_TEST(!file.is_same_file(file.path()));
}

BOOST_AUTO_TEST_CASE(notices_writers)
{
    temporary_directory const directory;
    input_file const file(directory.write("a.csv", "a\n1\n"));
    BOOST_TEST(!file.changed());
    std::ofstream(file.path(), std::ios::app) << "2\n";
    BOOST_TEST(file.changed());
}

BOOST_AUTO_TEST_CASE(knows_itself_by_other_names)
{
    temporary_directory const directory;
    input_file const file(directory.write("a.csv", "a"));
    std::filesystem::create_symlink(file.path(), directory.path("link"));
    BOOST_TEST(file.is_same_file(directory.path("link")));
    BOOST_TEST(!file.is_same_file(directory.path("other")));
    BOOST_TEST(!file.is_same_file(directory.write("other", "a")));
}

BOOST_AUTO_TEST_CASE(errors)
{
    temporary_directory const directory;
    auto const missing = directory.path("missing.csv");
    BOOST_TEST(error_of(missing) == missing + ": cannot be read: No such file or directory");
    BOOST_TEST(error_of(directory.path("")) == directory.path("") + ": cannot be read: Is a directory");
    auto const pipe = directory.path("pipe");
    BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    BOOST_TEST(error_of("-") == "-: the file is read twice, so it must be a regular file");
    BOOST_TEST(error_of(pipe) == pipe + ": the file is read twice, so it must be a regular file");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
