// The promise against everything that can go wrong with a send: each fault, policy, connection and behaviour of the
// list.
//   fault_matrix [--all] [--only TEXT] [--every N]
// --all: a line for each fault; --only: the cases whose name has TEXT, by name; --every: one case in N.
#include "case_run.hpp"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>

namespace twilio_sms::test {
namespace {

constexpr std::array policies{model_policy::report, model_policy::report_then_resolve, model_policy::resolve_then_retry,
                              model_policy::retry};

struct row {
    std::size_t cases = 0;
    audit sum;
};

class matrix {
public:
    matrix(bool lines_for_all, std::string only, std::size_t every)
        : lines_for_all_(lines_for_all), only_(std::move(only)), every_(every)
    {}

    void run_faults()
    {
        auto const lists = all_list_behaviours();
        for (auto const& f : all_faults())
            for (bool const tls : {false, true})
                for (bool const reused : {false, true})
                    for (bool const always : {false, true})
                        for (auto const policy : policies)
                            for (auto const& list : lists)
                                if (makes_sense(f, tls, reused, always, policy, list))
                                    run({f, list, policy, tls, reused, always});
    }

    void run_interruptions()
    {
        struct {
            interruption how;
            char const* name;
        } const ways[] = {{interruption::cancel, "cancelled at every point"},
                          {interruption::deadline, "deadline at every point"},
                          {interruption::shut_down, "shut down at every point"}};
        auto const prompt = all_list_behaviours().front();
        for (auto const& f : all_faults())
            for (auto const policy : {model_policy::report, model_policy::resolve_then_retry, model_policy::retry})
                for (auto const& way : ways) {
                    bool const tls = !f.without_tls;
                    model_case const c{f, prompt, policy, tls, !f.on_fresh};
                    auto const name = std::string(way.name) + ": " + c.name();
                    if (!wanted(name))
                        continue;
                    std::vector<audit> results;
                    run_interrupted(c, way.how, results);
                    for (auto const& a : results)
                        take(std::string(way.name) + "; " + std::string(to_string(policy)), name, a);
                }
    }

    void run_equal_ones()
    {
        std::vector<fault> kinds; // the first of each
        for (auto const& f : all_faults())
            if (!f.opens() && !f.step && f.without_tls && f.accepted_after < 45s &&
                std::ranges::find(kinds, f.where, &fault::where) == kinds.end())
                kinds.push_back(f);
        for (auto const apart : {milliseconds(0), milliseconds(1000), milliseconds(20'000)})
            for (bool const same_form : {true, false})
                for (auto const& a : kinds)
                    for (auto const& b : kinds)
                        for (auto const& c : kinds) {
                            auto const where = "three equal messages, " + std::to_string(apart.count()) + " ms apart" +
                                               (same_form ? "" : ", different callbacks");
                            auto const name = where + ": " + a.where + " + " + b.where + " + " + c.where;
                            if (wanted(name))
                                take(where, name, run_together({a, b, c}, apart, same_form));
                        }
    }

    bool print() const
    {
        std::printf("%-72s %6s %8s %7s %8s %8s %7s | %9s %6s %7s\n", "fault and policy", "cases", "accepted", "by list",
                    "rejected", "not_sent", "unknown", "duplicate", "denied", "foreign");
        row all;
        for (auto const& [name, r] : rows_) {
            print(name, r);
            all.cases += r.cases;
            all.sum += r.sum;
        }
        print("all", all);
        std::printf(
            "duplicate: messages that Twilio has twice; denied: said not to be there, taken later; foreign: taken for\n"
            "ours. All of them only where the promise allows it.\n");
        std::printf("%zu cases, %zu wrong\n", all.cases, wrong_);
        return wrong_ == 0;
    }

private:
    // What cannot happen, and what would only repeat another case.
    static bool makes_sense(fault const& f, bool tls, bool reused, bool always, model_policy policy,
                            list_behaviour const& list)
    {
        if (tls ? !f.with_tls : !f.without_tls)
            return false;
        if (reused ? !f.on_reused : !f.on_fresh)
            return false;
        if (always && (!f.stays || f.evidence == evidence_of_request::taken))
            return false;
        bool const repeats = policy == model_policy::resolve_then_retry || policy == model_policy::retry;
        if (always && f.evidence == evidence_of_request::none && !repeats)
            return false;
        if (tls && (always || list.name != "prompt"))
            return false; // the list does not care about the way
        bool const asks = policy == model_policy::resolve_then_retry || policy == model_policy::report_then_resolve;
        if (!asks && list.name != "prompt" && list.others != list_behaviour::neighbour::equal_inside)
            return false; // it is never read
        if (f.evidence != evidence_of_request::none && list.name != "prompt")
            return false; // the same
        bool const window_counts = list.own_clock_error.count() != 0 || list.twilio.clock_skew.count() != 0 ||
                                   list.others != list_behaviour::neighbour::none;
        if (reused && list.name != "prompt" && !window_counts)
            return false; // the list does not care
        // The simulator's script counts every request to the number.
        bool const takes_steps =
            list.others != list_behaviour::neighbour::none && list.others != list_behaviour::neighbour::equal_inside;
        return !(f.step && takes_steps);
    }

    bool wanted(std::string const& name)
    {
        if (counted_++ % every_ != 0)
            return false;
        return only_.empty() || name.find(only_) != std::string::npos;
    }

    void run(model_case const& c)
    {
        auto const name = c.name();
        if (wanted(name))
            take(c.what.where + (lines_for_all_ ? ": " + c.what.name : "") + "; " + std::string(to_string(c.policy)),
                 name, run_case(c));
    }

    void take(std::string const& line, std::string const& name, audit const& a)
    {
        if (!only_.empty())
            std::printf("%s\n", name.c_str());
        for (auto const& w : a.wrong)
            std::printf("WRONG %s: %s\n", name.c_str(), w.c_str());
        wrong_ += !a.wrong.empty();
        ++rows_[line].cases;
        rows_[line].sum += a;
    }

    static void print(std::string const& name, row const& r)
    {
        auto const& s = r.sum;
        std::printf("%-72s %6zu %8zu %7zu %8zu %8zu %7zu | %9zu %6zu %7zu\n", name.c_str(), r.cases, s.accepted,
                    s.by_list, s.rejected, s.not_sent, s.unknown, s.duplicates, s.denied, s.foreign_taken);
    }

    bool const lines_for_all_;
    std::string const only_;
    std::size_t const every_;
    std::size_t counted_ = 0;
    std::map<std::string, row> rows_;
    std::size_t wrong_ = 0;
};

} // namespace
} // namespace twilio_sms::test

int main(int argc, char** argv)
{
    bool all = false;
    std::string only;
    std::size_t every = 1;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--all") == 0) {
            all = true;
        } else if (std::strcmp(argv[i], "--only") == 0 && i + 1 < argc) {
            only = argv[++i];
        } else if (std::strcmp(argv[i], "--every") == 0 && i + 1 < argc && std::atoi(argv[i + 1]) > 0) {
            every = static_cast<std::size_t>(std::atoi(argv[++i]));
        } else {
            std::fprintf(stderr, "usage: fault_matrix [--all] [--only TEXT] [--every N]\n");
            return 2;
        }
    }
    twilio_sms::test::matrix m(all, only, every);
    m.run_faults();
    m.run_interruptions();
    m.run_equal_ones();
    return m.print() ? 0 : 1;
}
