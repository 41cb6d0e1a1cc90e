// Reads JSON strings, one a line; for each prints 1 when it is an E.164 number for us, else 0.
#include <boost/json/parse.hpp>
#include <iostream>
#include <string>
#include <twilio_sms/phone_number.hpp>

int main()
{
    std::ios::sync_with_stdio(false);
    for (std::string line; std::getline(std::cin, line);)
        std::cout << (twilio_sms::is_e164(boost::json::parse(line).as_string()) ? "1\n" : "0\n");
}
