// A dispatcher that asks, and a Twilio in memory that can be asked.
#pragma once
#include "fixture.hpp"
#include "twilio/sent_message.hpp"
#include <cstdio>

namespace twilio_sms::test {

/// A Twilio that takes messages, loses replies as told, and lists what it took.
struct asking : fixture {
    struct taken {
        std::string sid, to, text;
        std::chrono::sys_seconds created;
    };
    std::vector<taken> truth;
    std::vector<std::string>
        on_create;                    ///< "ok", "lost" (taken, no reply), "drop" (not taken, no reply); the last stands
    std::vector<std::string> on_list; ///< "ok", "403", "500", "close"; the last stands
    int lists = 0;
    std::chrono::seconds server_is_ahead{0};
    std::chrono::seconds dates_are_behind{0}; ///< those of messages, not of Date headers
    std::vector<std::string> extra_listed;    ///< further messages, as JSON

    asking()
    {
        change([](detail::dispatcher_settings&) {});
    }

    template <class Change>
    void change(Change c)
    {
        make([&](detail::dispatcher_settings& s) {
            s.request = std::make_shared<detail::request_writer>(
                detail::request_origin{"api.test", "", account, account, "token"});
            s.ask_about_unknown = true;
            c(s);
        });
        w.respond = [this](std::string const& request) { return answer(request); };
    }

    static constexpr auto account = "AC0123456789abcdef0123456789abcdef";

    std::chrono::sys_seconds server_now() const
    {
        return w.wall + std::chrono::floor<std::chrono::seconds>(w.now - steady_time(1h)) + server_is_ahead;
    }

    static std::string rfc2822(std::chrono::sys_seconds when, char const* zone)
    {
        static char const* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        auto const day = std::chrono::floor<std::chrono::days>(when);
        std::chrono::year_month_day const date(day);
        std::chrono::hh_mm_ss const time(when - day);
        char text[64];
        std::snprintf(text, sizeof text, "Thu, %02u %s %04d %02d:%02d:%02d %s", static_cast<unsigned>(date.day()),
                      months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()), zone);
        return text;
    }

    std::string date_field() const { return "Date: " + rfc2822(server_now(), "GMT") + "\r\n"; }

    static std::string next(std::vector<std::string>& plan)
    {
        if (plan.empty())
            return "ok";
        auto const now = plan.front();
        if (plan.size() > 1)
            plan.erase(plan.begin());
        return now;
    }

    void take(std::string to, std::string text)
    {
        char sid[35];
        std::snprintf(sid, sizeof sid, "SM%032zx", truth.size() + 1);
        truth.push_back({sid, std::move(to), std::move(text), server_now() - dates_are_behind});
    }

    static std::string json_of(taken const& m)
    {
        return R"({"sid":")" + m.sid + R"(","to":")" + m.to + R"(","from":"+15550100001","body":")" + m.text +
               R"(","direction":"outbound-api","status":"sent","num_segments":"1","date_created":")" +
               rfc2822(m.created, "+0000") + R"("})";
    }

    std::optional<script::answer> answer(std::string const& request)
    {
        script::answer a;
        if (request.starts_with("GET")) {
            ++lists;
            auto const what = next(on_list);
            a.close_after = what == "close";
            if (what == "ok")
                a.reply = http_reply(200, listed(request), date_field());
            else if (what != "close")
                a.reply = error_reply(std::stoi(what), 20003);
            return a;
        }
        auto const sent = detail::described(request.substr(request.find("\r\n\r\n") + 4));
        auto const what = next(on_create);
        if (what == "silent")
            return std::nullopt;
        if (what != "drop")
            take(sent.to, sent.text);
        if (what == "ok")
            a.reply = http_reply(201, json_of(truth.back()), date_field());
        else
            a.close_after = true;
        return a;
    }

    std::string listed(std::string const& request) const
    {
        std::string all;
        for (auto m = truth.rbegin(); m != truth.rend(); ++m)
            if (request.find("To=%2B" + m->to.substr(1) + "&") != request.npos)
                all += (all.empty() ? "" : ",") + json_of(*m);
        for (auto const& m : extra_listed)
            all += (all.empty() ? "" : ",") + m;
        return R"({"next_page_uri":null,"messages":[)" + all + "]}";
    }

    void say(int number, std::string const& text = "hi", std::string const& more = {})
    {
        form = "To=%2B15550107391&From=%2B15550100001&Body=" + text + more;
        send(number);
    }

    std::string result_of(int number) const
    {
        auto const at = outcomes.find(number);
        if (at != outcomes.end() && at->second)
            return std::string(to_string(at->second->evidence)) + " " + at->second->sid.substr(30) + " after " +
                   std::to_string(at->second->attempts);
        return outcome(number);
    }
};

} // namespace twilio_sms::test
