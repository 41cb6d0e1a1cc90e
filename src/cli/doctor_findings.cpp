#include "cli/doctor_findings.hpp"
#include "cli/option_names.hpp"
#include "cli/terminal.hpp"
#include "core/harmless_text.hpp"
#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <utility>

namespace twilio_sms::cli {
namespace {

constexpr std::array variables{
    "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN",
    "TWILIO_API_KEY",     "TWILIO_API_SECRET",
    "TWILIO_FROM_NUMBER", "TWILIO_MESSAGE_SERVICE_SID",
    "TWILIO_BASE_URL",    "TWILIO_MESSAGING_SERVICE_SID",
    "TWILIO_REGION",      "TWILIO_EDGE",
    "TWILIO_CA_BUNDLE",   "HTTPS_PROXY",
    "https_proxy",        "NO_PROXY",
    "no_proxy",
};
constexpr std::array twins{
    // the first wins
    std::pair{"TWILIO_MESSAGE_SERVICE_SID", "TWILIO_MESSAGING_SERVICE_SID"},
    std::pair{"https_proxy", "HTTPS_PROXY"},
    std::pair{"no_proxy", "NO_PROXY"},
};

} // namespace

std::string_view to_string(health h) noexcept
{
    switch (h) {
    case health::ok: return "ok";
    case health::warning: return "warning";
    case health::problem: break;
    }
    return "problem";
}

std::vector<finding> judge_environment(std::function<bool(char const*)> const& is_set, std::string const& settings_file)
{
    std::vector<std::string> seen;
    std::ranges::copy_if(variables, std::back_inserter(seen), is_set);
    auto what =
        seen.empty() ? "no variable of it is set" : fmt::format("set: {}; flags win over them", fmt::join(seen, ", "));
    what += settings_file.empty() ? "; there is no configuration file"
                                  : "; the configuration file " + settings_file + " holds for the rest";
    std::vector<finding> all{{"environment", health::ok, std::move(what), ""}};
    for (auto const& [wins, loses] : twins)
        if (is_set(wins) && is_set(loses))
            all.push_back({"environment", health::warning, fmt::format("{} and {} are set; {} wins", wins, loses, wins),
                           fmt::format("unset {}", loses)});
    return all;
}

std::vector<finding> judge_configuration(std::vector<option_problem> const& problems)
{
    std::vector<finding> all;
    for (auto const& p : problems) {
        auto const line = explain_option_problem(p);
        auto const what = with_names_of_flags(p.option + ": " + p.what);
        all.push_back({"configuration", health::problem, what, line.substr(what.size() + 2)});
    }
    if (all.empty())
        all.push_back({"configuration", health::ok, "no problems", ""});
    return all;
}

health worst(std::vector<finding> const& findings) noexcept
{
    auto worst = health::ok;
    for (auto const& f : findings)
        worst = std::max(worst, f.state);
    return worst;
}

std::string findings_text(std::vector<finding> const& findings)
{
    std::string text;
    for (auto const& f : findings) {
        auto const c = f.state == health::ok        ? colour::green
                       : f.state == health::warning ? colour::yellow
                                                    : colour::red;
        auto const state = to_string(f.state);
        text += coloured_for_stdout(state, c) + std::string(9 - state.size(), ' ') + f.check + ": " +
                detail::harmless(f.what) + '\n';
        if (!f.fix.empty())
            text += "         fix: " + f.fix + '\n';
    }
    return text;
}

std::string findings_json(std::vector<finding> const& findings)
{
    boost::json::object o;
    o["state"] = to_string(worst(findings));
    auto& list = o["findings"].emplace_array();
    for (auto const& f : findings) {
        boost::json::object one;
        one["check"] = f.check;
        one["state"] = to_string(f.state);
        one["what"] = f.what;
        one["fix"] = nullptr;
        if (!f.fix.empty())
            one["fix"] = f.fix;
        list.push_back(std::move(one));
    }
    return boost::json::serialize(o);
}

} // namespace twilio_sms::cli
