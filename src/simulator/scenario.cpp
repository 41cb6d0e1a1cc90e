// Scenario files.
#include "simulator/scenario_values.hpp"
#include <boost/json/stream_parser.hpp>
#include <stdexcept>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms {
namespace {

namespace json = boost::json;
using namespace detail::sim;

template <class Fault>
void read_faults(json::value const& v, std::string_view member, std::map<Fault, double>& into)
{
    if (!v.is_object())
        reject_scenario(std::string(member) + " must be an object such as {\"reply_lost\": 0.01}");
    for (auto const& [name, p] : v.get_object())
        into[fault_named<Fault>(text_of(name))] = probability(p, std::string(member) + ": '" + text_of(name) + "'");
}

/// `read` makes a step of the text that stands for it.
template <class Step, class Read>
void read_script(json::value const& v, std::string_view member, std::map<std::string, std::vector<Step>>& into,
                 Read read)
{
    std::string const name(member);
    if (!v.is_object())
        reject_scenario(name + " must be an object such as {\"+15551230001\": [\"reply_lost\", \"ok\"]}");
    for (auto const& [to, steps] : v.get_object()) {
        if (!steps.is_array())
            reject_scenario(name + ": the steps of a recipient must be an array such as [\"reply_lost\", \"ok\"]");
        auto& list = into[text_of(to)];
        list.clear();
        for (auto const& step : steps.get_array()) {
            if (!step.is_string())
                reject_scenario(name + ": a step must be a text such as \"ok\" or \"reply_lost\"");
            list.push_back(read(text_of(step.get_string())));
        }
    }
}

std::optional<simulated_list_fault> list_step(std::string const& text)
{
    return text == "ok" ? std::nullopt : std::optional(fault_named<simulated_list_fault>(text));
}

// One part of a step, e.g. "foreign_equal@-2000"; the first may be a fault.
void read_part(std::string_view part, bool first, simulated_step& step)
{
    auto const at = part.find('@');
    std::string_view const name = part.substr(0, at);
    std::optional<std::chrono::milliseconds> time;
    if (at != std::string_view::npos)
        time = offset_in_step(part.substr(at + 1));
    bool const is_equal = name == "foreign_equal";
    if (is_equal || name == "foreign_other") {
        (is_equal ? step.foreign_equal : step.foreign_other) = time.value_or(std::chrono::milliseconds(0));
        return;
    }
    if (!first)
        reject_scenario("script: '" + std::string(name) + "' follows a '+'; only foreign_equal and foreign_other may");
    if (name != "ok")
        step.fault = fault_named<simulated_fault>(name);
    if (time && step.fault != simulated_fault::late_acceptance)
        reject_scenario("script: '@' and a time belong to late_acceptance, foreign_equal and foreign_other only");
    step.late_by = time;
}

// "reply_lost", "ok+foreign_equal@-2000", "late_acceptance@12000+foreign_other"
simulated_step create_step(std::string_view text)
{
    simulated_step step;
    for (std::size_t begin = 0; begin <= text.size();) {
        auto const end = std::min(text.find('+', begin), text.size());
        read_part(text.substr(begin, end - begin), begin == 0, step);
        begin = end + 1;
    }
    return step;
}

simulator_account read_account(json::value const& v)
{
    static constexpr std::string_view example =
        "accounts: each must be an object such as {\"sid\": \"AC...\", \"auth_token\": \"...\"}";
    if (!v.is_object())
        reject_scenario(std::string(example));
    simulator_account a;
    for (auto const& [key, value] : v.get_object()) {
        std::string const name = text_of(key);
        std::string const full_name = "accounts: " + name;
        if (name == "sid")
            a.sid = text(value, full_name);
        else if (name == "auth_token")
            a.auth_token = text(value, full_name);
        else if (name == "test_credentials")
            a.test_credentials = yes_or_no(value, full_name);
        else if (name == "parent_sid")
            a.parent_sid = text(value, full_name);
        else if (name == "numbers")
            a.numbers = texts(value, full_name);
        else if (name == "messaging_services")
            a.messaging_services = texts(value, full_name);
        else if (name == "api_keys")
            for (auto const& [sid, secret] : text_members(value, full_name))
                a.api_keys.emplace_back(sid, secret);
        else
            reject_scenario("accounts: unknown member '" + name +
                            "'; known are sid, auth_token, test_credentials, api_keys, parent_sid, numbers, "
                            "messaging_services");
    }
    return a;
}

struct member {
    std::string_view name;
    void (*read)(json::value const&, std::string_view name, simulator_options&);
};

template <auto Field, std::uint64_t Most>
void read_number(json::value const& v, std::string_view name, simulator_options& o)
{
    o.*Field = whole_number(v, name, Most);
}

template <auto Field, std::int64_t Most, std::int64_t Least = 0>
void read_time(json::value const& v, std::string_view name, simulator_options& o)
{
    o.*Field = std::chrono::milliseconds(signed_number(v, name, Least, Most));
}

template <auto Field>
void read_probability(json::value const& v, std::string_view name, simulator_options& o)
{
    o.*Field = probability(v, name);
}

template <auto Field>
void read_flag(json::value const& v, std::string_view name, simulator_options& o)
{
    o.*Field = yes_or_no(v, name);
}

using o_ = simulator_options;
constexpr std::int64_t one_hour = 3'600'000; // ms
constexpr std::int64_t one_day = 24 * one_hour;

constexpr member members[] = {
    {"seed", read_number<&o_::seed, UINT64_MAX>},
    {"accounts",
     [](json::value const& v, std::string_view, simulator_options& o) {
         if (!v.is_array())
             reject_scenario("accounts must be an array of objects");
         o.accounts.clear();
         for (auto const& a : v.get_array())
             o.accounts.push_back(read_account(a));
     }},
    {"latency_ms", read_time<&o_::latency, one_hour>},
    {"latency_jitter_ms", read_time<&o_::latency_jitter, one_hour>},
    {"max_concurrency", read_number<&o_::max_concurrency, 1'000'000'000>},
    {"faults",
     [](json::value const& v, std::string_view name, simulator_options& o) { read_faults(v, name, o.faults); }},
    {"script", [](json::value const& v, std::string_view name,
                  simulator_options& o) { read_script(v, name, o.script, create_step); }},
    {"late_acceptance_ms", read_time<&o_::late_acceptance, one_hour>},
    {"storm_length", read_number<&o_::storm_length, 1'000'000'000>},
    {"foreign_equal", read_probability<&o_::foreign_equal>},
    {"foreign_other", read_probability<&o_::foreign_other>},
    {"foreign_offset_ms", read_time<&o_::foreign_offset, one_hour>},
    {"delivery_time_ms", read_time<&o_::delivery_time, one_day>},
    {"undelivered", read_probability<&o_::undelivered>},
    {"failed", read_probability<&o_::failed>},
    {"no_receipt", read_probability<&o_::no_receipt>},
    {"messages_per_second", [](json::value const& v, std::string_view name,
                               simulator_options& o) { o.messages_per_second = number(v, name); }},
    {"queue_limit", read_number<&o_::queue_limit, 1'000'000'000>},
    {"list_lag_ms", read_time<&o_::list_lag, one_hour>},
    {"pages_shift", read_flag<&o_::pages_shift>},
    {"list_faults",
     [](json::value const& v, std::string_view name, simulator_options& o) { read_faults(v, name, o.list_faults); }},
    {"list_script", [](json::value const& v, std::string_view name,
                       simulator_options& o) { read_script(v, name, o.list_script, list_step); }},
    {"trial_prefix", read_flag<&o_::trial_prefix>},
    {"smart_encoding", read_flag<&o_::smart_encoding>},
    {"clock_skew_ms", read_time<&o_::clock_skew, one_day, -one_day>},
};

void read_member(std::string_view name, json::value const& v, simulator_options& o)
{
    std::string known;
    for (auto const& m : members) {
        if (m.name == name)
            return m.read(v, name, o);
        known.append(known.empty() ? "" : ", ").append(m.name);
    }
    reject_scenario("unknown member '" + std::string(name) + "'; known are " + known);
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
        reject_scenario("not JSON at byte " + std::to_string(read) + (ec ? " (" + ec.message() + ")" : ""));
    json::value const document = parser.release();
    if (!document.is_object())
        reject_scenario("must be a JSON object such as {\"seed\": 1, \"faults\": {\"reply_lost\": 0.01}}");
    simulator_options changed = options;
    for (auto const& [name, value] : document.get_object())
        read_member({name.data(), name.size()}, value, changed);
    if (auto const problem = changed.problem(); !problem.empty())
        reject_scenario(problem);
    options = std::move(changed);
}

} // namespace twilio_sms
