#include "campaign/recipients.hpp"
#include "support.hpp"
#include <sys/resource.h>

namespace twilio_sms::test {
namespace {

using campaign::check_recipients;
using campaign::input_error;
using campaign::input_file;
using campaign::message_plan;
using campaign::recipient;
using campaign::recipient_reader;
using campaign::row_verdict;

// `row:verdict:text` for every row.
std::vector<std::string> rows_of(input_file& file, message_plan const& plan)
{
    static constexpr char const* names[] = {"send", "invalid", "duplicate", "problem"};
    std::vector<std::string> out;
    recipient_reader reader(file, plan);
    recipient r;
    while (reader.next(r))
        out.push_back(std::to_string(r.row) + ' ' + names[static_cast<int>(r.verdict)] + ' ' + r.to +
                      (r.text.empty() ? "" : ' ' + r.text) + (r.problem.empty() ? "" : ' ' + r.problem));
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(recipients)

BOOST_AUTO_TEST_CASE(column_with_the_number)
{
    struct {
        std::vector<std::string> columns;
        std::string wanted;
        std::size_t expected;
    } const table[] = {
        {{"name", "to"}, "", 1},     {{"mobile", "number", "phone"}, "", 2},
        {{"PHONE", "Name"}, "", 0},  {{"x", "Mobile"}, "", 1},
        {{"to", "cell"}, "cell", 1}, {{"Number"}, "", 0},
    };
    for (auto const& t : table)
        BOOST_TEST(campaign::find_to_column(t.columns, t.wanted) == t.expected);

    auto const error = [](std::string wanted) {
        return message_of<input_error>([&] { campaign::find_to_column({"a", "b"}, wanted); });
    };
    BOOST_TEST(error("") == "no column is called to, phone, number or mobile; name the one with the numbers with "
                            "--to-column; the columns are: a, b");
    BOOST_TEST(error("A") == "--to-column: no column is called \"A\"; the columns are: a, b");
    for (std::string const header : {"to;name", "to\tname"})
        for (std::string const wanted : {"", "to"})
            BOOST_TEST(message_of<input_error>([&] {
                           campaign::find_to_column({header}, wanted);
                       }).ends_with("; fields must be separated by commas"));
}

BOOST_AUTO_TEST_CASE(both_passes_decide_the_same)
{
    temporary_directory const directory;
    input_file file(directory.write("a.csv", "name,to\n"
                                             "Ann,+15550000001\n"
                                             "Bob,nonsense\n"
                                             ",+15550000001\n" // skipped before its empty name counts
                                             "Cid,whatsapp:+15550000001\n"
                                             "Dee,\n"
                                             "Eve,+15550000002\n"
                                             "Cid,whatsapp:+15550000001\n"));
    message_plan const plan{"Hi {{name}}", ""};
    std::vector<std::string> const expected{
        "1 send +15550000001 Hi Ann",          "2 invalid nonsense", "3 duplicate +15550000001",
        "4 send whatsapp:+15550000001 Hi Cid", "5 invalid ",         "6 send +15550000002 Hi Eve",
        "7 duplicate whatsapp:+15550000001"};
    for (int pass = 0; pass < 2; ++pass)
        BOOST_TEST(rows_of(file, plan) == expected, boost::test_tools::per_element());

    auto const check = check_recipients(file, plan);
    BOOST_TEST(check.rows == 7u);
    BOOST_TEST(check.to_send == 3u);
    BOOST_TEST(check.invalid_numbers == 2u);
    BOOST_TEST(check.duplicates == 2u);
    BOOST_TEST(check.problem_count == 0u);
}

BOOST_AUTO_TEST_CASE(problems_are_collected)
{
    temporary_directory const directory;
    std::string const long_name(1600, 'n');
    auto const path = directory.write("a.csv", "to,name\n"
                                               "+15550000001,\n"
                                               "+15550000002,Bob,x\n"
                                               "+15550000003\n"
                                               "+15550000004,\"" +
                                                   std::string(1597, 'n') +
                                                   "\"\n"
                                                   "+15550000005," +
                                                   long_name +
                                                   "\n"
                                                   "+15550000006,\" \"\n"
                                                   "+15550000007,\"open\n");
    input_file file(path);
    auto const check = check_recipients(file, {"Hi {{name}}", ""});
    std::vector<std::string> const expected{
        path + ":2: row 1, column \"name\": empty, and the text needs it",
        path + ":3: row 2: 3 fields where the header has 2",
        path + ":4: row 3: 1 field where the header has 2",
        path + ":6: row 5: the text has 1603 characters; Twilio takes 1600",
        path + ":7: row 6, column \"name\": empty, and the text needs it",
        path + ":8: row 7, column \"name\": a quoted field does not end; a closing quote is missing"};
    BOOST_TEST(check.problems == expected, boost::test_tools::per_element());
    BOOST_TEST(check.problem_count == 6u);
    BOOST_TEST(check.to_send == 1u);
}

BOOST_AUTO_TEST_CASE(only_the_first_problems_are_shown)
{
    temporary_directory const directory;
    std::string text = "to,name\n";
    for (int i = 100; i < 150; ++i)
        text += "+15550000" + std::to_string(i) + ",\n";
    input_file file(directory.write("a.csv", text + "\"")); // and the file ends badly
    auto const check = check_recipients(file, {"{{name}}", ""});
    BOOST_TEST(check.problems.size() == campaign::recipients_check::max_shown);
    BOOST_TEST(check.problem_count == 51u);
    BOOST_TEST(check.problems.back().find("does not end") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(header_and_template_errors_end_it)
{
    temporary_directory const directory;
    input_file file(directory.write("a.csv", "to,name\n+15550000001,Ann\n"));
    BOOST_CHECK_THROW(check_recipients(file, {"{{nam}}", ""}), input_error);
    BOOST_CHECK_THROW(check_recipients(file, {"x", "phone"}), input_error);
}

BOOST_AUTO_TEST_CASE(the_check_can_be_ended)
{
    temporary_directory const directory;
    std::string text = "to\n";
    for (int i = 0; i < 5000; ++i)
        text += "+1555" + std::to_string(1000000 + i) + "\n";
    input_file file(directory.write("a.csv", text));
    auto const check = check_recipients(file, {"x", ""}, [](std::uint64_t rows) { return rows < 2000; });
    BOOST_TEST(check.rows == 2000u);
}

BOOST_AUTO_TEST_CASE(many_rows_in_bounded_memory)
{
    constexpr std::uint64_t rows = 200'000, different = 150'000;
    temporary_directory const directory;
    {
        std::ofstream file(directory.path("a.csv"), std::ios::binary);
        file << "to,name\n";
        std::string const name(200, 'n');
        for (std::uint64_t i = 0; i < rows; ++i)
            file << "+1555" << 1'000'000 + i * 7919 % different << ',' << name << '\n';
    }
    rusage before{}, after{};
    ::getrusage(RUSAGE_SELF, &before);
    input_file file(directory.path("a.csv"));
    auto const check = check_recipients(file, {"Hi {{name}}", ""});
    ::getrusage(RUSAGE_SELF, &after);

    BOOST_TEST(check.rows == rows);
    BOOST_TEST(check.to_send == different);
    BOOST_TEST(check.duplicates == rows - different);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    // The file has 43 MB and its numbers alone fill a set of strings of 15 MB; ours is at most SQLite's cache.
    BOOST_TEST(after.ru_maxrss - before.ru_maxrss < 12 * 1024);
#endif
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
