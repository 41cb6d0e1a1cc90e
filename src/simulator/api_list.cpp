// GET Messages.json
#include "simulator/api.hpp"
#include "simulator/json_text.hpp"
#include "simulator/message_json.hpp"
#include "simulator/random_bits.hpp"

namespace twilio_sms::detail::sim {
namespace {

// A page token is one of these and the SID of the message beside which the page lies.
constexpr std::string_view page_after = "PA";
constexpr std::string_view page_before = "PB";

api_error const no_permission{403, 20003, "Permission to list messages is missing"};
api_error const invalid_token{400, 21481, "Invalid PageToken"};

std::optional<answer> answer_instead(list_fault_decision const& decision)
{
    answer a;
    switch (*decision.fault) {
    case simulated_list_fault::forbidden: return refusal(no_permission);
    case simulated_list_fault::error: return breakdown(false);
    case simulated_list_fault::unavailable: return breakdown(true);
    case simulated_list_fault::throttle:
        a = refusal(too_many_requests);
        a.at_once = true;
        return a;
    case simulated_list_fault::reply_lost: a.what = deed::close; return a;
    case simulated_list_fault::stall: a.what = deed::stall; return a;
    case simulated_list_fault::reply_cut:
    case simulated_list_fault::reply_garbled: break;
    }
    return std::nullopt;
}

void spoil(answer& a, list_fault_decision const& decision)
{
    if (decision.fault == simulated_list_fault::reply_cut) {
        a.what = deed::cut;
        a.cut = decision.cut;
    } else if (decision.other_form) {
        a.body = R"({"page": 0, "page_size": 50, "start": 0, "end": 0})";
    } else {
        a.body.resize(a.body.size() / 2);
    }
}

} // namespace

answer api::list(api_request const& r, account_state& account, time_point now)
{
    list_query q;
    if (auto const error = read_list_query(r.query, form_text_, q))
        return refusal(*error);
    auto const decision = faults_.next_list(q.to);
    if (decision.fault)
        if (auto a = answer_instead(decision))
            return *std::move(a);
    answer a = list_page(r, account, now, q);
    if (decision.fault)
        spoil(a, decision);
    return a;
}

answer api::list_page(api_request const& r, account_state& account, time_point now, list_query const& q)
{
    std::optional<message_view> anchor;
    if (!q.page_token.empty()) {
        anchor = truth_->find(account.settings.sid, q.page_token.substr(std::min<std::size_t>(2, q.page_token.size())));
        bool const fits = anchor && (q.to.empty() || anchor->to == q.to);
        if (!fits || (!q.page_token.starts_with(page_after) && !q.page_token.starts_with(page_before)))
            return refusal(invalid_token);
    }
    page const p = page_at(q, anchor, account, now);

    std::size_t const number = anchor ? q.page : 0; // without a token it is the first, whatever the query says
    std::size_t const start = number * q.page_size;
    std::string base(r.path);
    base += '?';
    append_filters(base, r.query);
    base += "PageSize=" + std::to_string(q.page_size) + "&Page=";
    answer a;
    auto const append_uri = [&](std::string_view name, std::size_t n, std::string_view kind = {},
                                message_view const* m = {}) {
        std::string uri = base + std::to_string(n);
        if (m) {
            uri.append("&PageToken=").append(kind);
            truth_->append_sid(uri, m->number, *m);
        }
        a.body.append(", \"").append(name).append("\": ");
        append_json_string(a.body, uri);
    };
    auto const append_null = [&](std::string_view name) { a.body.append(", \"").append(name).append("\": null"); };

    a.body.reserve(512 + 1024 * p.messages.size());
    a.body += "{\"end\": " + std::to_string(start + std::max<std::size_t>(p.messages.size(), 1) - 1);
    a.body += ", \"start\": " + std::to_string(start);
    a.body += ", \"page\": " + std::to_string(number);
    a.body += ", \"page_size\": " + std::to_string(q.page_size);
    append_uri("first_page_uri", 0);
    if (p.has_next)
        append_uri("next_page_uri", number + 1, page_after, &p.messages.back());
    else
        append_null("next_page_uri");
    if (number != 0 && !p.messages.empty())
        append_uri("previous_page_uri", number - 1, page_before, &p.messages.front());
    else
        append_null("previous_page_uri");
    if (anchor)
        append_uri("uri", number, q.page_token.substr(0, 2), &*anchor);
    else
        append_uri("uri", number);
    a.body += ", \"messages\": [";
    for (auto const& m : p.messages) {
        if (&m != &p.messages.front())
            a.body += ", ";
        append_message(a.body, m, account, now);
    }
    a.body += "]}";
    return a;
}

api::page api::page_at(list_query const& q, std::optional<message_view> const& anchor, account_state const& account,
                       time_point now)
{
    bool const before = anchor && !options_.pages_shift && q.page_token.starts_with(page_before);
    bool const after = anchor && !options_.pages_shift && !before;
    std::size_t skip = anchor && options_.pages_shift ? q.page * q.page_size : 0;
    page p;
    auto const take = [&](message_view const& m) {
        if (before && m.number == anchor->number)
            return false;
        if (!is_listed(m, q, account, now))
            return true;
        if (skip != 0) {
            --skip;
            return true;
        }
        if (p.messages.size() == q.page_size) {
            if (!before) {
                p.has_next = true;
                return false;
            }
            p.messages.erase(p.messages.begin());
        }
        p.messages.push_back(m);
        return true;
    };
    truth_->newest_first(q.to, after ? std::optional(anchor->number) : std::nullopt, take);
    if (before)
        p.has_next = true; // the anchor and what comes after it
    return p;
}

bool api::is_listed(message_view const& m, list_query const& q, account_state const& account, time_point now)
{
    if (m.marks.deleted || m.account_sid != account.settings.sid)
        return false;
    if (options_.list_lag.count() != 0) {
        double const share = unit_interval(random_bits(options_.seed, m.position, 23));
        auto const lag = static_cast<double>(options_.list_lag.count()) * share;
        if (now < m.accepted_at + std::chrono::milliseconds(static_cast<std::chrono::milliseconds::rep>(lag)))
            return false;
    }
    if (q.from.empty() && !q.sent_from && !q.sent_before)
        return true;
    auto const shown = present(m, account.settings, options_, now, shown_text_);
    if (!q.from.empty() && shown.from != q.from)
        return false;
    if (!q.sent_from && !q.sent_before)
        return true;
    return shown.sent && (!q.sent_from || *shown.sent >= *q.sent_from) &&
           (!q.sent_before || *shown.sent < *q.sent_before);
}

} // namespace twilio_sms::detail::sim
