#include "campaign/error.hpp"
#include "campaign/message_template.hpp"
#include "support.hpp"

namespace twilio_sms::test {
namespace {

using campaign::input_error;
using campaign::message_template;

std::vector<std::string> const columns{"to", "name", "first name", "größe"};

} // namespace

BOOST_AUTO_TEST_SUITE(templates)

BOOST_AUTO_TEST_CASE(rendering)
{
    std::vector<std::string> const fields{"+15558675310", "Ann", "Mary {{name}}", "XL"};
    struct {
        std::string text, expected;
    } const table[] = {
        {"", ""},
        {"plain", "plain"},
        {"Hi {{name}}", "Hi Ann"},
        {"{{name}}{{name}}!", "AnnAnn!"},
        {"{{ name }}, {{\tfirst name}}", "Ann, Mary {{name}}"}, // values are not parsed again
        {"{{größe}} 🎉", "XL 🎉"},
        {"{name} }} {", "{name} }} {"},
    };
    for (auto const& t : table) {
        std::string out;
        std::size_t empty = 0;
        BOOST_TEST(message_template::parse(t.text, columns).render(fields, out, empty));
        BOOST_TEST(out == t.expected);
    }
}

BOOST_AUTO_TEST_CASE(blank_values)
{
    auto const parsed = message_template::parse("Hi {{name}} {{first name}}", columns);
    std::string out;
    std::size_t empty = 0;
    for (std::string const blank : {"", " ", "\t\n"}) {
        BOOST_TEST(!parsed.render(std::vector<std::string>{"", "Ann", blank, ""}, out, empty));
        BOOST_TEST(empty == 2u);
    }
    out.clear();
    BOOST_TEST(parsed.render(std::vector<std::string>{"", "Ann", "Lee", ""}, out, empty)); // unused ones may be empty
}

BOOST_AUTO_TEST_CASE(errors)
{
    std::string const known = "; the columns are: to, name, first name, größe";
    struct {
        std::string text, expected;
    } const table[] = {
        {"Hi {{nam}}", "template: no column is called \"nam\" at character 4" + known},
        {"Größe {{Name}}", "template: no column is called \"Name\" at character 7" + known},
        {"Hi {{name", "template: a {{ without }} at character 4" + known},
        {"{{name}} {{", "template: a {{ without }} at character 10" + known},
        {"{{}}", "template: an empty {{}} at character 1" + known},
        {"{{  }}", "template: an empty {{}} at character 1" + known},
        {"{{{{name}}}}", "template: no column is called \"{{name\" at character 1" + known},
        {"a\xFF", "template: the text is not UTF-8"},
    };
    for (auto const& t : table)
        BOOST_TEST(message_of<input_error>([&] { message_template::parse(t.text, columns); }) == t.expected);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
