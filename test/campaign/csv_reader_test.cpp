#include "campaign/csv_reader.hpp"
#include "support.hpp"
#include <sstream>

namespace twilio_sms::test {
namespace {

using campaign::csv_reader;
using campaign::csv_record;
using campaign::input_error;
using namespace std::string_literals;

constexpr std::size_t whole = 1 << 20;

// `row@line:[field][field]` for each record, so that a failed check shows everything.
std::string records_of(std::string const& text, std::size_t at_a_time = whole)
{
    csv_reader reader("f.csv", bytes_of(text, at_a_time));
    std::ostringstream out;
    for (auto const& name : reader.header())
        out << '[' << name << ']';
    csv_record record;
    while (reader.next(record)) {
        out << ' ' << record.row << '@' << record.line << ':';
        for (auto const& field : record.fields)
            out << '[' << field << ']';
        if (record.field_count != record.fields.size())
            out << "of " << record.field_count;
    }
    return out.str();
}

std::string error_of(std::string const& text, std::size_t at_a_time = whole)
{
    return message_of<input_error>([&] { records_of(text, at_a_time); });
}

} // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(records)
{
    struct {
        std::string text, expected;
    } const table[] = {
        {"a,b\n1,2\n", "[a][b] 1@2:[1][2]"},
        {"a,b\r\n1,2\r\n3,4\r\n", "[a][b] 1@2:[1][2] 2@3:[3][4]"},
        {"a,b\n1,2", "[a][b] 1@2:[1][2]"},
        {"a,b\r1,2\r3,4\r", "[a][b] 1@2:[1][2] 2@3:[3][4]"},
        {"a,b\n", "[a][b]"},
        {"a,b", "[a][b]"},
        {"\xEF\xBB\xBF\"a\",b\n1,2\n", "[a][b] 1@2:[1][2]"},
        {"a,b\n\"x,y\",\"say \"\"hi\"\"\"\n", "[a][b] 1@2:[x,y][say \"hi\"]"},
        {"a,b\n\"one\ntwo\",2\n3,4\n", "[a][b] 1@2:[one\ntwo][2] 2@4:[3][4]"},
        {"a,b\n\"one\r\ntwo\r\n\",2\r\n3,4\r\n", "[a][b] 1@2:[one\r\ntwo\r\n][2] 2@5:[3][4]"},
        {"a,b\n\n1,2\n  \n\n3,4\n\n", "[a][b] 1@3:[1][2] 2@6:[3][4]"},
        {"\n\na,b\n1,2\n", "[a][b] 1@4:[1][2]"},
        {" a , b \n 1 ,\t2\n\" 3 \", \"4\" \n", "[a][b] 1@2:[1][2] 2@3:[ 3 ][4]"},
        {"a,b\n,\n\"\",\n", "[a][b] 1@2:[][] 2@3:[][]"},
        {"a\n\"\"\n", "[a] 1@2:[]"},
        {"a,b\nJosé,日本🎉\n", "[a][b] 1@2:[José][日本🎉]"},
        {"a,b,\n1,2,\n", "[a][b][] 1@2:[1][2][]"},
        {"a,b\n1\n1,2,3\n4,5\n", "[a][b] 1@2:[1] 2@3:[1][2]of 3 3@4:[4][5]"},
    };
    for (auto const& t : table) {
        BOOST_TEST_CONTEXT(t.text)
        {
            BOOST_TEST(records_of(t.text) == t.expected);
            // Where the bytes are divided must not matter; the source gives at least the mark whole.
            for (std::size_t n = 3; n < 12; ++n)
                BOOST_TEST(records_of(t.text, n) == t.expected, "in portions of " << n);
        }
    }
}

BOOST_AUTO_TEST_CASE(errors)
{
    std::string const long_field(csv_reader::max_field + 1, 'x');
    struct {
        std::string text, expected;
    } const table[] = {
        {"", "f.csv: the file is empty; its first line must name the columns"},
        {"\xEF\xBB\xBF", "f.csv: no header: the first line must name the columns, and there is none"},
        {"\n \n\r\n", "f.csv: no header: the first line must name the columns, and there is none"},
        {",,\n1,2,3\n", "f.csv:1: header: no header: the first line must name the columns, and it names none"},
        {"+15558675310,Ann\n",
         "f.csv:1: header: no header: the first line must name the columns, but it holds a phone number"},
        {"to,name,to\n", "f.csv:1: header: two columns have the name \"to\""},
        {"a,b\n1,2\n3,\"x\n4,5\n", "f.csv:3: row 2, column \"b\": a quoted field does not end; a closing quote is "
                                   "missing"},
        {"a,b\n1,x\"y\n", "f.csv:2: row 1, column \"b\": a quote inside a field; put the whole field in quotes and "
                          "write a quote in it twice (\"\")"},
        {"a,b\n1,\"x\"y\n", "f.csv:2: row 1, column \"b\": a quote inside a field; put the whole field in quotes and "
                            "write a quote in it twice (\"\")"},
        {"a,b\n1,2\n3,\0\n"s, "f.csv:3: row 2: binary data (a NUL byte); save the file as CSV text in UTF-8"},
        {"\x7F"
         "ELF\x02\x01\0\0"s,
         "f.csv:1: header: binary data (a NUL byte); save the file as CSV text in UTF-8"},
        {"a,b\n1,Jos\xE9\n", "f.csv:2: row 1, column \"b\": binary data or another encoding (not UTF-8); save the "
                             "file as CSV text in UTF-8"},
        {"\x89PNG\r\n\x1a\n", "f.csv:1: header, column 1: binary data or another encoding (not UTF-8); save the file "
                              "as CSV text in UTF-8"},
        {"a,b\n1," + long_field + "\n", "f.csv:2: row 1, column \"b\": a field of more than 64 KiB; is a closing "
                                        "quote missing?"},
        {"a,b\n1,\"" + long_field + "\n", "f.csv:2: row 1, column \"b\": a field of more than 64 KiB; is a closing "
                                          "quote missing?"},
        {"a,b\n1,2,\"x", "f.csv:2: row 1, column 3: a quoted field does not end; a closing quote is missing"},
    };
    for (auto const& t : table) {
        BOOST_TEST(error_of(t.text) == t.expected);
        BOOST_TEST(error_of(t.text, 5) == t.expected);
    }
}

BOOST_AUTO_TEST_CASE(field_of_exactly_the_limit)
{
    std::string const field(csv_reader::max_field, 'x');
    BOOST_TEST((records_of("a\n" + field + "\n") == "[a] 1@2:[" + field + "]"));
    BOOST_TEST((records_of("a\n\"" + field + "\"\n") == "[a] 1@2:[" + field + "]"));
}

BOOST_AUTO_TEST_CASE(too_many_columns)
{
    std::string header;
    for (std::size_t i = 0; i <= csv_reader::max_columns; ++i)
        header += "c" + std::to_string(i) + ',';
    BOOST_TEST(error_of(header + "\n") == "f.csv:1: header: more than 1000 columns");
}

BOOST_AUTO_TEST_CASE(messages_have_one_line_and_no_numbers)
{
    auto const message = error_of("\"a\nb\",\"call +15558675310\",\"a\nb\"\n");
    BOOST_TEST(message == "f.csv:1: header: two columns have the name \"a b\"");
    auto const other = error_of("a,call +15558675310\n1,\"x\n");
    BOOST_TEST(other.find("5558675310") == other.npos);
    // Seven digits are a number, whatever divides them.
    BOOST_TEST(error_of("1 / 555 / 867_53_10,1 / 555 / 867_53_10\n") ==
               "f.csv:1: header: two columns have the name \"1 / 5** / ***_**_10\"");
    BOOST_TEST(error_of("call 555 867,call 555 867\n") ==
               "f.csv:1: header: two columns have the name \"call 555 867\"");
}

BOOST_AUTO_TEST_CASE(an_error_of_the_source_passes_through)
{
    auto const source = [n = 0](std::span<char> buffer) mutable -> std::size_t {
        if (n++ > 0)
            throw input_error("disk");
        std::memcpy(buffer.data(), "a\n1\n", 4);
        return 4;
    };
    csv_reader reader("f.csv", source);
    csv_record record;
    BOOST_TEST(reader.next(record));
    BOOST_TEST(message_of<input_error>([&] { reader.next(record); }) == "disk");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
