// Sends as fast, or as often, as it is told, and measures what that takes.
#include "allocations.hpp"
#include "figures.hpp"
#include "lane.hpp"
#include "machine.hpp"
#include "numbered_text.hpp"
#include "truth.hpp"
#include <boost/json/serialize.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <exception>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace twilio_sms::load {
namespace {

enum : int { exit_well = 0, exit_bad = 1, exit_usage = 2 };

int complain(std::string const& what)
{
    std::cerr << "twilio-sms-load: " << what << '\n';
    return exit_usage;
}

std::string without_port(std::string const& base_url)
{
    auto const url = boost::urls::parse_uri(base_url);
    return url ? std::string(url->scheme()) + "://" + std::string(url->encoded_host()) : base_url;
}

// The first one on this thread: a process of one thread is cheaper, and users have that, too.
void run_together(std::vector<std::unique_ptr<lane>> const& lanes, settings const& s)
{
    auto const seconds = [](double count) {
        return std::chrono::duration_cast<steady::duration>(std::chrono::duration<double>(count));
    };
    auto const from = steady::now() + seconds(s.warm_up);
    window const w{from, from + seconds(s.seconds)};
    std::vector<std::exception_ptr> failed(lanes.size());
    auto const run = [&](std::size_t i) {
        try {
            lanes[i]->run(w);
        } catch (...) {
            failed[i] = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < lanes.size(); ++i)
            threads.emplace_back(run, i);
        run(0);
    }
    for (auto const& f : failed)
        if (f)
            std::rethrow_exception(f);
}

audit_result audited(std::vector<std::unique_ptr<lane>> const& lanes, provider_options const& options,
                     std::string const& run_id)
{
    std::vector<told const*> outcomes;
    for (auto const& l : lanes)
        outcomes.push_back(&l->outcomes());
    audit all(std::move(outcomes), run_id);
    auto const pending = read_truth(options, [&all](std::string_view line) { all.add(line); });
    auto result = all.result();
    result.pending = pending;
    return result;
}

int run(settings const& s)
{
    auto const options = options_for(s);
    if (!s.json.empty() && s.json != "-" && !std::ofstream(s.json, std::ios::app)) // before all the work
        return complain("--json: cannot write " + s.json);
    auto const run_id = s.audit ? new_run_id() : std::string();
    auto const rate = s.bulk && s.rate ? std::make_shared<rate_limit>(*s.rate) : nullptr; // of all lanes together
    std::vector<std::unique_ptr<lane>> lanes;
    for (std::size_t i = 0; i < s.threads; ++i)
        lanes.push_back(std::make_unique<lane>(s, options, i, run_id, rate));
    run_together(lanes, s);

    figures f{s, without_port(options.base_url), lanes.front()->measured(), {}, peak_resident_kib(), {}};
    std::string failure;
    for (auto const& l : lanes) {
        if (l != lanes.front())
            f.measured += l->measured();
        add_counts(f.stats, l->stats());
        if (failure.empty())
            failure = l->first_failure();
    }
    if (s.audit)
        f.audited = audited(lanes, options, run_id);

    if (s.json == "-") {
        std::cout << boost::json::serialize(to_json(f)) << '\n';
    } else {
        std::cout << summary(f);
        if (!s.json.empty() && !(std::ofstream(s.json) << boost::json::serialize(to_json(f)) << '\n'))
            return complain("--json: cannot write " + s.json);
    }
    if (!failure.empty())
        std::cerr << "twilio-sms-load: the first failure: " << failure << '\n';
    bool const fell_short = f.failed() != 0 && !s.allow_failures;
    return fell_short || (f.audited && !f.audited->clean()) ? exit_bad : exit_well;
}

} // namespace
} // namespace twilio_sms::load

int main(int argc, char** argv)
{
    using namespace twilio_sms::load;
    try {
        count_openssl_apart();
        settings s;
        CLI::App program("Sends as fast, or as often, as it is told, and measures what that takes.", "twilio-sms-load");
        add_flags(program, s);
        try {
            program.parse(argc, argv);
        } catch (CLI::ParseError const& e) {
            return e.get_exit_code() == 0 ? program.exit(e) : complain(e.what());
        }
        if (auto const wrong = problem(s); !wrong.empty())
            return complain(wrong);
        return run(s);
    } catch (twilio_sms::options_error const& e) {
        for (auto const& p : e.problems())
            complain(p.option + ": " + p.what + "; " + p.fix);
        return exit_usage;
    } catch (std::exception const& e) {
        return complain(e.what());
    }
}
