#include "simulator/scenario_values.hpp"
#include <charconv>
#include <stdexcept>

namespace twilio_sms::detail::sim {

namespace json = boost::json;

void reject_scenario(std::string const& what)
{
    throw std::invalid_argument("scenario: " + what);
}

std::uint64_t whole_number(json::value const& v, std::string_view name, std::uint64_t most)
{
    json::error_code ec;
    auto const n = v.to_number<std::uint64_t>(ec);
    if (ec || v.is_double() || n > most)
        reject_scenario(std::string(name) + " must be a whole number from 0 to " + std::to_string(most));
    return n;
}

std::int64_t signed_number(json::value const& v, std::string_view name, std::int64_t least, std::int64_t most)
{
    json::error_code ec;
    auto const n = v.to_number<std::int64_t>(ec);
    if (ec || v.is_double() || n < least || n > most)
        reject_scenario(std::string(name) + " must be a whole number from " + std::to_string(least) + " to " +
                        std::to_string(most));
    return n;
}

double number(json::value const& v, std::string_view name)
{
    if (!v.is_number())
        reject_scenario(std::string(name) + " must be a number");
    return v.to_number<double>();
}

double probability(json::value const& v, std::string_view name)
{
    if (!v.is_number())
        reject_scenario(std::string(name) + " must be a number from 0 to 1");
    return v.to_number<double>(); // its range is looked at with all options
}

bool yes_or_no(json::value const& v, std::string_view name)
{
    if (!v.is_bool())
        reject_scenario(std::string(name) + " must be true or false");
    return v.get_bool();
}

std::string text(json::value const& v, std::string_view name)
{
    if (!v.is_string())
        reject_scenario(std::string(name) + " must be a text");
    return text_of(v.get_string());
}

std::vector<std::string> texts(json::value const& v, std::string_view name)
{
    if (!v.is_array())
        reject_scenario(std::string(name) + " must be an array of texts");
    std::vector<std::string> all;
    for (auto const& element : v.get_array())
        all.push_back(text(element, name));
    return all;
}

std::vector<std::pair<std::string, std::string>> text_members(json::value const& v, std::string_view name)
{
    if (!v.is_object())
        reject_scenario(std::string(name) + " must be an object such as {\"SK...\": \"secret\"}");
    std::vector<std::pair<std::string, std::string>> all;
    for (auto const& [key, value] : v.get_object())
        all.emplace_back(text_of(key), text(value, name));
    return all;
}

std::chrono::milliseconds offset_in_step(std::string_view text)
{
    std::chrono::milliseconds::rep n = 0;
    auto const end = text.data() + text.size();
    auto const [stop, ec] = std::from_chars(text.data(), end, n);
    if (ec != std::errc() || stop != end)
        reject_scenario("script: '" + std::string(text) + "' after '@' is not a whole number of milliseconds");
    return std::chrono::milliseconds(n);
}

namespace {

template <class Fault>
std::string known_names(std::size_t count)
{
    std::string names;
    for (std::size_t i = 0; i < count; ++i) {
        names += i == 0 ? "" : ", ";
        names += to_string(static_cast<Fault>(i));
    }
    return names;
}

} // namespace

template <>
simulated_fault fault_named(std::string_view name)
{
    if (auto const f = simulated_fault_from_string(name))
        return *f;
    reject_scenario("unknown fault '" + std::string(name) + "'; known are " +
                    known_names<simulated_fault>(simulated_fault_count));
}

template <>
simulated_list_fault fault_named(std::string_view name)
{
    if (auto const f = simulated_list_fault_from_string(name))
        return *f;
    reject_scenario("unknown fault of lists '" + std::string(name) + "'; known are " +
                    known_names<simulated_list_fault>(simulated_list_fault_count));
}

} // namespace twilio_sms::detail::sim
