#include "results_check.hpp"
#include "support.hpp"
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <set>
#include <sstream>

namespace twilio_sms::test {
namespace {

std::string text_of(boost::json::value const& v)
{
    return std::string(v.as_string());
}

} // namespace

fates check_results(std::string const& path, std::uint64_t rows, simulator const& twilio)
{
    std::map<std::string, std::string> taken; // SID to number
    for (auto const& message : twilio.messages())
        taken.emplace(message.sid, message.to);

    fates count;
    std::set<std::uint64_t> seen;
    std::set<std::string> may_be_taken; // numbers of unknown rows
    std::istringstream lines(read_file(path));
    for (std::string line; std::getline(lines, line);) {
        auto const object = boost::json::parse(line).as_object();
        auto const row = object.at("row").to_number<std::uint64_t>();
        auto const fate = text_of(object.at("fate")), to = text_of(object.at("to"));
        BOOST_TEST((row >= 1 && row <= rows));
        BOOST_TEST(seen.insert(row).second, "row " << row << " has two lines");
        ++count[fate];
        if (fate == "accepted") {
            auto const message = taken.find(text_of(object.at("sid")));
            BOOST_REQUIRE_MESSAGE(message != taken.end(), "row " << row << " names a message that was not taken");
            BOOST_TEST(message->second == to);
            taken.erase(message);
        } else if (fate == "unknown") {
            may_be_taken.insert(to);
        }
    }
    for (auto const& [sid, to] : taken)
        BOOST_TEST(may_be_taken.erase(to) == 1u, sid << " was taken, and no row says so");
    return count;
}

std::string json_member(std::string const& object, std::string const& name)
{
    return boost::json::serialize(boost::json::parse(object).as_object().at(name));
}

} // namespace twilio_sms::test
