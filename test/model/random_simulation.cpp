// Random programs against a random Twilio over a random network, all from one seed, and the promise checked after each.
//   random_simulation --sends N [--seed S]      episodes until N messages were sent
//   random_simulation --episode E [--trace]     one of them again
#include "random_weather.hpp"
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <set>
#include <sys/resource.h>

namespace twilio_sms::test {
namespace {

class episode {
public:
    episode(std::uint64_t seed, bool trace)
        : chance_(seed), trace_(trace), climate_(draw_climate(chance_)), run_(climate_.settings)
    {
        run_.net.random = [this] { return chance_.unit(); };
        run_.net.on_lookup = [this] { return climate_.next_lookup(chance_); };
        run_.net.on_connect = [this] { return climate_.next_opening(chance_); };
        run_.net.on_request = [this](request_record const& r) {
            auto const plan = climate_.next_request(chance_, r.creates);
            if (trace_)
                std::printf("%10.3f  %s: %s\n", seconds(), r.creates ? "create" : "list", describe(plan).c_str());
            return plan;
        };
        run_.on_end = [this](std::size_t send) { ended(send); };
        if (trace_)
            std::printf("%s\n", climate_.describe().c_str());
    }

    audit run()
    {
        plan_program();
        auto const limit = run_.net.now + 6h;
        while (!run_.net.idle() && run_.net.next() <= limit && (actions_ > 0 || run_.running()))
            run_.net.step();
        auto a = run_.check(climate_.promise_holds);
        virtual_seconds = seconds();
        return a;
    }

    double virtual_seconds = 0;

private:
    double seconds() const
    {
        return std::chrono::duration<double>(run_.net.now - steady_time(std::chrono::hours(1))).count();
    }

    template <class... Arguments>
    void note(char const* format, Arguments... arguments) const
    {
        if (!trace_)
            return;
        std::printf("%10.3f  ", seconds());
        if constexpr (sizeof...(arguments) == 0)
            std::fputs(format, stdout);
        else
            std::printf(format, arguments...);
        std::printf("\n");
    }

    template <class Action>
    void later(milliseconds in, Action what)
    {
        ++actions_;
        run_.net.at(run_.net.now + in, [this, what](error_code) {
            --actions_;
            what();
        });
    }

    void plan_program()
    {
        int const sends = chance_.from(5, 300);
        int const numbers = chance_.from(1, sends);
        int const groups = chance_.from(1, 8);
        auto const duration = milliseconds(chance_.from(100, 120'000));
        double const equal = chance_.happens(0.5) ? 0.3 : 0;
        for (int i = 0; i < sends; ++i) {
            auto const when = milliseconds(chance_.from(0, static_cast<int>(duration.count())));
            if (!chance_.happens(equal)) {
                later(when, [=, this] { send(chance_.from(1, numbers), 0); });
                continue;
            }
            auto const group = chance_.from(1, groups); // equal texts to one number, close together
            auto const number = chance_.happens(0.9) ? std::min(group, numbers) : chance_.from(1, numbers);
            for (int copies = chance_.from(1, 4); copies > 0 && i < sends; --copies, ++i)
                later(when + milliseconds(chance_.from(0, 6'000)), [=, this] { send(number, group); });
        }
        if (chance_.happens(0.3))
            later(milliseconds(chance_.from(0, static_cast<int>(duration.count()))), [this] { close(); });
        if (chance_.happens(0.3))
            later(milliseconds(chance_.from(0, static_cast<int>(2 * duration.count()))), [this] { next_provider(); });
    }

    void send(int number, int group)
    {
        bool const valid = !chance_.happens(0.02);
        auto const to = valid ? "+1555" + std::to_string(1'000'000 + number) : "+1555";
        auto const name = group != 0 ? "g" + std::to_string(group) + "p" + std::to_string(provider_)
                                     : "n" + std::to_string(run_.sends());
        std::string fields;
        if (chance_.happens(0.05))
            fields = "&SmartEncoded=true";
        else if (chance_.happens(0.1))
            fields = "&MessagingServiceSid=MG0123456789abcdef0123456789abcdef";
        else if (chance_.happens(0.1))
            fields = "&StatusCallback=https%3A%2F%2Fexample.test%2F" + std::to_string(chance_.from(1, 3));
        std::optional<milliseconds> within;
        if (chance_.happens(0.1))
            within = milliseconds(chance_.from(0, 150'000));
        auto const text = chance_.happens(0.1) && group == 0 ? name + " “quoted”" : name;
        auto const i = run_.send(to, text, fields, within, chance_.happens(0.2));
        note("send %zu: %s to number %d%s", i, name.c_str(), number, within ? ", with a deadline" : "");
        if (group != 0)
            in_groups_.insert(i);
        if (chance_.happens(0.05))
            later(milliseconds(chance_.from(0, chance_.happens(0.5) ? 200 : 90'000)), [this, i] {
                note("cancel %zu", i);
                run_.cancel(i);
            });
    }

    void ended(std::size_t i)
    {
        auto const& s = run_.at(i);
        note("%zu is %s after %d: %s", i, std::string(to_string(s.what())).c_str(),
             s.outcome->has_value() ? s.outcome->value().attempts : s.outcome->error().attempts,
             s.outcome->has_value() ? s.outcome->value().sid.c_str() : s.outcome->error().message.c_str());
        if (!s.resolves && run_.can_resolve(i) && chance_.happens(0.6))
            later(milliseconds(chance_.from(0, 100'000)), [this, i] { resolve(i); });
    }

    void resolve(std::size_t i)
    {
        // Another provider's is judged without knowing what that one sent besides: no good for equal ones.
        if (run_.at(i).provider != provider_ && in_groups_.contains(i))
            return;
        auto const question = run_.resolve(i);
        note("%zu asks about %zu", question, i);
    }

    void close()
    {
        note("close");
        run_.close();
        later(milliseconds(chance_.from(0, 60'000)), [this] { next_provider(); });
    }

    void next_provider()
    {
        note("next provider");
        run_.next_provider();
        ++provider_;
    }

    dice chance_;
    bool const trace_;
    climate climate_;
    provider_run run_;
    std::set<std::size_t> in_groups_;
    std::size_t actions_ = 0;
    int provider_ = 1;
};

class simulation {
public:
    explicit simulation(std::string program) : program_(std::move(program)) {}

    void play(std::uint64_t seed, bool trace)
    {
        episode e(seed, trace);
        auto const a = e.run();
        for (auto const& w : a.wrong)
            std::printf("WRONG: %s\n", w.c_str());
        if (!a.wrong.empty()) {
            ++wrong_;
            std::printf("episode %llu; again with: %s --episode %llu --trace\n", static_cast<unsigned long long>(seed),
                        program_.c_str(), static_cast<unsigned long long>(seed));
        }
        ++episodes_;
        virtual_seconds_ += e.virtual_seconds;
        sum_ += a;
    }

    void play_until(std::size_t sends, std::uint64_t seed)
    {
        auto heap = std::size_t(0);
        for (std::uint64_t n = 0; sum_.sends < sends && wrong_ < 10; ++n) {
            play(sim::random_bits(seed, n, 0), false);
            auto const now = mallinfo2().uordblks; // 0 with sanitizers
            if (n == 20)
                heap = now;
            if (n > 20 && now > heap + (4 << 20)) {
                std::printf("WRONG: the heap grew from %zu to %zu bytes in %llu episodes\n", heap, now,
                            static_cast<unsigned long long>(n));
                ++wrong_;
                return;
            }
        }
    }

    bool print(std::chrono::steady_clock::duration took) const
    {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        std::printf("%zu sends in %zu episodes, %.1f days of virtual time, %.1f s, at most %ld MiB\n", sum_.sends,
                    episodes_, virtual_seconds_ / 86'400, std::chrono::duration<double>(took).count(),
                    usage.ru_maxrss / 1024);
        std::printf("accepted %zu (%zu of them by the list), rejected %zu, not_sent %zu, unknown %zu\n", sum_.accepted,
                    sum_.by_list, sum_.rejected, sum_.not_sent, sum_.unknown);
        std::printf("where the promise allows it: %zu duplicates, %zu denied and taken later, %zu foreign ones taken "
                    "for ours\n",
                    sum_.duplicates, sum_.denied, sum_.foreign_taken);
        std::printf("%zu episodes wrong\n", wrong_);
        return wrong_ == 0;
    }

private:
    std::string const program_;
    audit sum_;
    std::size_t episodes_ = 0, wrong_ = 0;
    double virtual_seconds_ = 0;
};

} // namespace
} // namespace twilio_sms::test

int main(int argc, char** argv)
{
    std::size_t sends = 0;
    std::uint64_t seed = 1;
    std::optional<std::uint64_t> episode;
    bool trace = false, good = true;
    for (int i = 1; i < argc; ++i) {
        bool const has_value = i + 1 < argc;
        if (std::strcmp(argv[i], "--sends") == 0 && has_value)
            sends = std::strtoull(argv[++i], nullptr, 10);
        else if (std::strcmp(argv[i], "--seed") == 0 && has_value)
            seed = std::strtoull(argv[++i], nullptr, 10);
        else if (std::strcmp(argv[i], "--episode") == 0 && has_value)
            episode = std::strtoull(argv[++i], nullptr, 10);
        else if (std::strcmp(argv[i], "--trace") == 0)
            trace = true;
        else
            good = false;
    }
    if (!good || (sends == 0) == !episode) {
        std::fprintf(stderr, "usage: random_simulation --sends N [--seed S] | --episode E [--trace]\n");
        return 2;
    }
    auto const begun = std::chrono::steady_clock::now();
    twilio_sms::test::simulation s(argv[0]);
    if (episode)
        s.play(*episode, trace);
    else
        s.play_until(sends, seed);
    return s.print(std::chrono::steady_clock::now() - begun) ? 0 : 1;
}
