#include "prediction.hpp"
#include "simulator/random_bits.hpp"

namespace twilio_sms::test {
namespace {

constexpr milliseconds settle = 45s;

class predictor {
public:
    explicit predictor(model_case const& c) : c_(c), positions_(c.reused ? 1 : 0)
    {
        if (c.what.accepted && c.what.accepted_after + c.list.twilio.list_lag >= settle)
            result_.promise_holds = false;
    }

    prediction run()
    {
        bool in_doubt = false;
        bool reused = c_.reused;
        for (int n = 1; n <= model_retries + 1; ++n) {
            result_.attempts = n;
            bool const spoiled = spoiled_++ < c_.what.lasts || c_.always;
            fault const fine = {};
            auto const& f = spoiled ? c_.what : fine;
            if (!spoiled || f.accepted)
                accept(f.accepted_after);
            auto const e = spoiled ? f.evidence : evidence_of_request::taken;
            if (e == evidence_of_request::taken)
                return end(fate::accepted);
            if (e == evidence_of_request::not_taken) {
                if (std::exchange(reused, false) && f.replaced) {
                    --n;
                    continue;
                }
                if (!f.repeatable || n == model_retries + 1)
                    return end(in_doubt ? fate::unknown : f.without);
                continue;
            }
            reused = false;
            switch (c_.policy) {
            case model_policy::report: return end(fate::unknown);
            case model_policy::retry: in_doubt = true; break;
            case model_policy::report_then_resolve: return end(ask().value_or(fate::unknown));
            case model_policy::resolve_then_retry:
                auto const found = ask();
                if (found != fate::not_sent)
                    return end(found.value_or(fate::unknown));
                if (n == model_retries + 1)
                    return end(fate::not_sent);
            }
        }
        return end(fate::unknown);
    }

private:
    void accept(milliseconds after)
    {
        auto const share =
            sim::unit_interval(sim::random_bits(c_.seed, positions_ + result_.messages, 23)); // as the simulator does
        auto const lag =
            milliseconds(static_cast<milliseconds::rep>(static_cast<double>(c_.list.twilio.list_lag.count()) * share));
        taken_.push_back({now_ + after, now_ + after + lag});
        ++result_.messages;
    }

    // What the list says, `settle_time` after the request; nothing: it cannot tell.
    std::optional<fate> ask()
    {
        auto const window_end = now_ + settle + 2s; // of the last request's
        now_ += settle + std::exchange(first_answer_after_, milliseconds(0));
        if (!c_.list.readable || !c_.list.recognisable)
            return std::nullopt;
        auto const listed = std::ranges::count_if(
            taken_, [&](auto const& m) { return m.listed_at <= now_ && m.accepted_at <= window_end; });
        auto const listed_late = std::ranges::count_if(
            taken_, [&](auto const& m) { return m.listed_at <= now_ && m.accepted_at > window_end; });
        using others = list_behaviour::neighbour;
        if (c_.list.others == others::equal_inside || (listed > 0 && !c_.list.rewrites))
            return fate::accepted;
        if (c_.list.others == others::other_inside || listed > 0 || (listed_late > 0 && !c_.list.rewrites))
            return std::nullopt;
        return fate::not_sent;
    }

    prediction end(fate f)
    {
        result_.fate = f;
        return result_;
    }

    model_case const& c_;
    std::size_t const positions_; // that the truth has given to others
    prediction result_;
    int spoiled_ = 0;
    milliseconds first_answer_after_ = c_.list.first_answer_after;
    milliseconds now_{0};
    struct message {
        milliseconds accepted_at, listed_at;
    };
    std::vector<message> taken_;
};

} // namespace

std::string_view to_string(model_policy p) noexcept
{
    switch (p) {
    case model_policy::report: return "report";
    case model_policy::report_then_resolve: return "report, resolve()";
    case model_policy::resolve_then_retry: return "resolve_then_retry";
    case model_policy::retry: return "retry";
    }
    return {};
}

std::string model_case::name() const
{
    return what.where + ": " + what.name + (always ? ", always" : "") + (tls ? "; TLS" : "; plain") +
           (reused ? ", reused; " : ", fresh; ") + std::string(to_string(policy)) + "; list: " + list.name;
}

prediction predict(model_case const& c)
{
    return predictor(c).run();
}

std::vector<list_behaviour> all_list_behaviours()
{
    std::vector<list_behaviour> all;
    auto const add = [&](std::string name) -> list_behaviour& {
        all.emplace_back().name = std::move(name);
        return all.back();
    };
    using list_fault = simulated_list_fault;
    using others = list_behaviour::neighbour;
    add("prompt");
    add("lags 20 s").twilio.list_lag = 20s;
    add("lags for long").twilio.list_lag = 1h;
    for (std::size_t i = 0; i < simulated_list_fault_count; ++i) {
        auto const what = static_cast<list_fault>(i);
        auto& once = add(std::string(to_string(what)) + " once");
        once.twilio.list_script["+15551230001"] = {what};
        once.readable = what != list_fault::forbidden; // that is taken for an answer
        if (what == list_fault::stall)
            once.first_answer_after = 31s + 500ms; // response_timeout, and a back-off
        auto& always = add(std::string(to_string(what)) + " always");
        always.twilio.list_faults[what] = 1;
        always.readable = false;
    }
    add("120 older messages, shifting pages").others = others::many_outside;
    all.back().twilio.pages_shift = true;
    add("120 older messages").others = others::many_outside;
    add("trial prefix").twilio.trial_prefix = true;
    auto& smart = add("smart encoding, not asked for");
    smart.twilio.smart_encoding = true;
    smart.text = "Your “code” is 4711";
    smart.rewrites = true;
    auto& asked = add("smart encoding, asked for");
    asked.text = smart.text;
    asked.more_fields = "&SmartEncoded=true";
    asked.recognisable = false;
    add("a service's, null date_sent").more_fields = "&MessagingServiceSid=MG0123456789abcdef0123456789abcdef";
    auto& null_from = add("a service's, null from");
    null_from.more_fields = "&MessagingServiceSid=MG0123456789abcdef0123456789abcdef";
    null_from.twilio.delivery_time = 24h;
    for (auto const skew : {5h, -5h}) {
        auto const where = skew > 0h ? " 5 h ahead" : " 5 h behind";
        add("server's clock" + std::string(where)).twilio.clock_skew = skew;
        add("own clock" + std::string(where)).own_clock_error = skew;
    }
    add("a foreign equal message inside the window").others = others::equal_inside;
    add("a foreign equal message before the window").others = others::equal_outside;
    add("a foreign other message inside the window").others = others::other_inside;
    add("a foreign other message before the window").others = others::other_outside;
    return all;
}

} // namespace twilio_sms::test
