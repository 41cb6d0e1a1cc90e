#include "faults.hpp"
#include "dispatcher/virtual_clock.hpp"
#include <array>
#include <chrono>

namespace twilio_sms::test {
namespace {

using namespace std::chrono_literals;
using enum evidence_of_request;

constexpr std::array manners{manner::close, manner::reset, manner::stall};

std::string name_of(manner how)
{
    switch (how) {
    case manner::close: return "closed";
    case manner::reset: return "reset";
    case manner::stall: return "silence";
    }
    return {};
}

std::string twilio_error(int status, int code)
{
    return R"({"code":)" + std::to_string(code) + R"(,"message":"no","status":)" + std::to_string(status) + "}";
}

constexpr auto other_message = R"({"sid":"SMffffffffffffffffffffffffffffffff","to":"+15557654321","status":"queued"})";

class catalogue {
public:
    std::vector<fault> all;

    void openings()
    {
        fault f = at("opening");
        f.evidence = not_taken;
        f.on_reused = false;
        f.lookup = lookup_plan::fails;
        add(f, "name not found");
        f.lookup = lookup_plan::hangs;
        f.stays = false;
        add(f, "name look-up hangs");
        f.stays = true;
        f.lookup = lookup_plan::works;
        f.opening.what = opening_plan::kind::refused;
        add(f, "refused");
        f.opening.what = opening_plan::kind::swallowed;
        add(f, "no answer");
        f.opening.what = opening_plan::kind::broken;
        for (auto const how : {manner::close, manner::reset}) {
            f.opening.how = how;
            add(f, name_of(how) + " at once");
        }
        f.without_tls = false;
        f.opening.how = manner::stall;
        add(f, "silence in the handshake");
        f.opening.what = opening_plan::kind::nonsense;
        add(f, "not TLS");
        f.opening.what = opening_plan::kind::wrong_certificate;
        f.repeatable = false;
        add(f, "wrong certificate");
    }

    void broken_requests()
    {
        struct {
            double share;
            char const* name;
        } const points[] = {{0, "nothing"}, {0.5, "half"}, {0.99999, "all but a byte"}};
        for (auto const& point : points)
            for (auto const how : manners)
                for (bool const tls : {false, true}) {
                    fault f = at("in the request");
                    f.with_tls = tls;
                    f.without_tls = !tls;
                    f.request.takes = point.share;
                    f.request.how = how;
                    f.evidence = tls || point.share == 0 ? not_taken : none;
                    f.replaced = f.evidence == not_taken && how != manner::stall;
                    add(f, std::string(point.name) + " taken, " + name_of(how) + (tls ? ", TLS" : ""));
                }
        for (auto const how : manners) {
            fault f = at("in the request");
            f.without_tls = false;
            f.long_request = true;
            f.request.takes = 0.5;
            f.request.how = how;
            add(f, "half of several records taken, " + name_of(how));
        }
        for (auto const how : manners) {
            fault f = at("whole request, never read");
            f.request.reaches_twilio = false;
            f.request.how = how;
            add(f, name_of(how));
        }
    }

    void early_replies()
    {
        for (auto const share : {0.0, 0.5})
            for (int const status : {201, 400, 408, 503}) {
                fault f = at("early reply");
                f.with_tls = false;
                f.request.takes = share;
                f.request.how = manner::stall;
                f.request.early = true;
                f.request.instead = reply(status, R"({"sid":"SM00000000000000000000000000000001"})");
                f.request.instead.has_sid = status == 201;
                f.evidence = share == 0 ? not_taken : none;
                add(f, std::to_string(status) + (share == 0 ? " before the request" : " to half a request"));
            }
    }

    void broken_replies()
    {
        struct {
            request_plan::part part;
            char const* name;
        } const points[] = {{request_plan::part::nothing, "before the reply"},
                            {request_plan::part::head, "in its head"},
                            {request_plan::part::body, "in its body"}};
        for (auto const& point : points)
            for (auto const how : manners) {
                fault f = at("accepted, reply broken");
                f.request.delivers = point.part;
                f.request.how = how;
                f.accepted = true;
                add(f, name_of(how) + " " + point.name);
                f.where = "refused, reply broken";
                f.request.reaches_twilio = false;
                f.request.instead = reply(400, twilio_error(400, 21211));
                f.accepted = false;
                add(f, name_of(how) + " " + point.name);
            }
        fault f = at("after the reply");
        f.evidence = taken;
        f.accepted = true;
        for (auto const how : {manner::close, manner::reset}) {
            f.request.in_the_end = how;
            add(f, name_of(how));
        }
        f.request.in_the_end.reset();
        f.request.surplus = "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n";
        add(f, "a second reply");
    }

    void gateway_answers()
    {
        std::vector<std::pair<std::string, gateway_answer>> unclear;
        for (int const status : {408, 500, 502, 503, 504, 520})
            unclear.emplace_back(std::to_string(status), reply(status, "<html>sorry</html>"));
        unclear.emplace_back("500 / 20500", reply(500, twilio_error(500, 20500)));
        unclear.emplace_back("200 without a SID", reply(200, "{}"));
        unclear.emplace_back("204", reply(204, ""));
        unclear.emplace_back("201, not JSON", reply(201, "created"));
        unclear.emplace_back("201 about another message", reply(201, other_message));
        unclear.emplace_back("2 MiB", reply(200, std::string(2 << 20, ' ')));
        gateway_answer nonsense;
        nonsense.bytes = "\x15\x03\x01nonsense\r\n\r\n";
        unclear.emplace_back("not HTTP", nonsense);
        for (bool const accepted : {false, true})
            for (auto const& [name, answer] : unclear) {
                fault f = at(accepted ? "accepted, unclear answer" : "not accepted, unclear answer");
                f.accepted = accepted;
                f.request.reaches_twilio = accepted;
                f.request.instead = answer;
                add(f, name);
            }
    }

    void refusals()
    {
        struct {
            int status, code;
            fate without;
            bool repeatable;
            char const* fields;
        } const refusals[] = {
            {301, 0, fate::rejected, false, "Location: https://elsewhere.test/\r\n"},
            {307, 0, fate::rejected, false, "Location: https://elsewhere.test/\r\n"},
            {400, 21211, fate::rejected, false, ""},
            {400, 21610, fate::rejected, false, ""},
            {400, 0, fate::rejected, false, ""},
            {401, 20003, fate::not_sent, false, ""},
            {403, 20003, fate::not_sent, false, ""},
            {404, 20404, fate::not_sent, false, ""},
            {404, 0, fate::rejected, false, ""},
            {407, 0, fate::not_sent, false, ""},
            {409, 20409, fate::not_sent, true, ""},
            {422, 20422, fate::rejected, false, ""},
            {429, 20429, fate::not_sent, true, ""},
            {429, 20429, fate::not_sent, true, "Retry-After: 7\r\n"},
            {429, 0, fate::not_sent, true, ""},
            {429, 21611, fate::not_sent, false, ""},
            {429, 63038, fate::not_sent, false, ""},
        };
        for (auto const& r : refusals) {
            fault f = at("refused");
            f.evidence = not_taken;
            f.without = r.without;
            f.repeatable = r.repeatable;
            f.request.reaches_twilio = false;
            f.request.instead = reply(r.status, r.code == 0 ? "" : twilio_error(r.status, r.code));
            f.request.instead.fields = r.fields;
            auto name = std::to_string(r.status) + (r.code == 0 ? "" : " / " + std::to_string(r.code));
            add(f, name + (r.status == 429 && r.fields[0] ? ", Retry-After" : ""));
        }
    }

    void delays()
    {
        for (auto const late : {10s, 44s, 60s, 100s})
            for (auto const how : {manner::close, manner::stall}) {
                fault f = at(late < 45s ? "accepted late" : "accepted after settle_time");
                f.accepted = true;
                f.accepted_after = late;
                f.request.to_twilio = late;
                f.request.how = how;
                f.request.breaks_at_once = true;
                add(f, name_of(how) + ", " + std::to_string(late.count()) + " s");
            }
        fault f = at("slow");
        f.accepted = true;
        f.evidence = taken;
        f.request.to_client = 20s;
        add(f, "20 s");
        f.evidence = none;
        f.request.to_client = 40s;
        add(f, "40 s");
    }

    void simulated()
    {
        for (std::size_t i = 0; i < simulated_fault_count; ++i) {
            auto const what = static_cast<simulated_fault>(i);
            fault f = at("simulator");
            f.step = simulated_step(what);
            switch (what) {
            case simulated_fault::throttle_storm: f.lasts = 2; [[fallthrough]];
            case simulated_fault::throttle:
            case simulated_fault::conflict: f.evidence = not_taken; break;
            case simulated_fault::reset_before:
            case simulated_fault::stall_before:
            case simulated_fault::error_before: break;
            case simulated_fault::late_acceptance:
                f.step->late_by = f.accepted_after = 20s;
                f.accepted = true;
                break;
            default: f.accepted = true;
            }
            for (bool const other : {false, true}) {
                f.other_form = other;
                add(f, std::string(to_string(what)) + (other ? " (other form)" : ""));
            }
        }
    }

private:
    static fault at(std::string where)
    {
        fault f;
        f.where = std::move(where);
        return f;
    }
    static gateway_answer reply(int status, std::string body)
    {
        gateway_answer a;
        a.status = status;
        a.body = std::move(body);
        return a;
    }
    void add(fault f, std::string name)
    {
        f.name = std::move(name);
        all.push_back(std::move(f));
    }
};

} // namespace

std::vector<fault> all_faults()
{
    catalogue c;
    c.openings();
    c.broken_requests();
    c.early_replies();
    c.broken_replies();
    c.gateway_answers();
    c.refusals();
    c.delays();
    c.simulated();
    return std::move(c.all);
}

} // namespace twilio_sms::test
