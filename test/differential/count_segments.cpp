// Reads JSON strings, one a line; for each prints encoding, segments and units, without and with smart encoding.
#include <boost/json/parse.hpp>
#include <iostream>
#include <string>
#include <twilio_sms/segments.hpp>

namespace {

void print(twilio_sms::segment_count const& c)
{
    std::cout << to_string(c.encoding) << ' ' << c.segments << ' ' << c.units;
}

} // namespace

int main()
{
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);) {
        auto const value = boost::json::parse(line);
        std::string_view const text = value.as_string();
        print(twilio_sms::count_segments(text));
        std::cout << ' ';
        print(twilio_sms::count_segments(twilio_sms::smart_encoded(text)));
        std::cout << '\n';
    }
}
