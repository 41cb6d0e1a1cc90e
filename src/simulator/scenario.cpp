// Scenario files.
#include <boost/json/stream_parser.hpp>
#include <boost/json/value.hpp>
#include <stdexcept>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms {
namespace {

namespace json = boost::json;

[[noreturn]] void reject(std::string const& what)
{
    throw std::invalid_argument("scenario: " + what);
}

std::string_view view(json::string_view s) noexcept
{
    return {s.data(), s.size()};
}

std::string quoted(std::string_view s)
{
    return "'" + std::string(s) + "'";
}

std::string fault_names()
{
    std::string names;
    for (std::size_t i = 0; i < simulated_fault_count; ++i) {
        names += i == 0 ? "" : ", ";
        names += to_string(static_cast<simulated_fault>(i));
    }
    return names;
}

std::uint64_t whole_number(json::value const& v, std::string_view name, std::uint64_t most)
{
    boost::json::error_code ec;
    auto const n = v.to_number<std::uint64_t>(ec);
    if (ec || v.is_double() || n > most)
        reject(std::string(name) + " must be a whole number from 0 to " + std::to_string(most));
    return n;
}

simulated_fault fault_named(std::string_view name)
{
    auto const f = simulated_fault_from_string(name);
    if (!f)
        reject("unknown fault " + quoted(name) + "; known are " + fault_names());
    return *f;
}

void read_faults(json::value const& v, simulator_options& o)
{
    if (!v.is_object())
        reject("faults must be an object such as {\"reply_lost\": 0.01}");
    for (auto const& [name, probability] : v.get_object()) {
        if (!probability.is_number())
            reject("faults: " + quoted(view(name)) + " must be a number from 0 to 1");
        o.faults[fault_named(view(name))] = probability.to_number<double>();
    }
}

void read_script(json::value const& v, simulator_options& o)
{
    if (!v.is_object())
        reject("script must be an object such as {\"+15551230001\": [\"reply_lost\", \"ok\"]}");
    for (auto const& [to, steps] : v.get_object()) {
        if (!steps.is_array())
            reject("script: the steps of a recipient must be an array such as [\"reply_lost\", \"ok\"]");
        auto& list = o.script[std::string(view(to))];
        list.clear();
        for (auto const& step : steps.get_array()) {
            if (!step.is_string())
                reject("script: a step must be \"ok\" or the name of a fault: " + fault_names());
            std::string_view const name = view(step.get_string());
            list.push_back(name == "ok" ? std::nullopt : std::optional(fault_named(name)));
        }
    }
}

void read_member(std::string_view name, json::value const& v, simulator_options& o)
{
    constexpr std::uint64_t one_hour_ms = 3'600'000;
    if (name == "seed")
        o.seed = whole_number(v, name, UINT64_MAX);
    else if (name == "latency_ms")
        o.latency = std::chrono::milliseconds(whole_number(v, name, one_hour_ms));
    else if (name == "latency_jitter_ms")
        o.latency_jitter = std::chrono::milliseconds(whole_number(v, name, one_hour_ms));
    else if (name == "max_concurrency")
        o.max_concurrency = whole_number(v, name, 1'000'000'000);
    else if (name == "faults")
        read_faults(v, o);
    else if (name == "script")
        read_script(v, o);
    else
        reject("unknown member " + quoted(name) +
               "; known are seed, latency_ms, latency_jitter_ms, max_concurrency, faults, script");
}

} // namespace

void apply_scenario(std::string_view text, simulator_options& options)
{
    boost::json::error_code ec;
    json::stream_parser parser;
    std::size_t const read = parser.write_some(text.data(), text.size(), ec);
    if (!ec && read == text.size())
        parser.finish(ec);
    if (ec || read != text.size())
        reject("not JSON at byte " + std::to_string(read) + (ec ? " (" + ec.message() + ")" : ""));
    json::value const document = parser.release();
    if (!document.is_object())
        reject("must be a JSON object such as {\"seed\": 1, \"faults\": {\"reply_lost\": 0.01}}");
    simulator_options changed = options;
    for (auto const& [name, value] : document.get_object())
        read_member(view(name), value, changed);
    if (auto const problem = changed.problem(); !problem.empty())
        reject(problem);
    options = std::move(changed);
}

} // namespace twilio_sms
