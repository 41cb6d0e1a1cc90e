// POST Messages.json
#include "simulator/api.hpp"
#include "simulator/create_check.hpp"
#include "simulator/timestamp.hpp"
#include <algorithm>
#include <twilio_sms/segments.hpp>

namespace twilio_sms::detail::sim {
namespace {

constexpr std::string_view other_text = "A message of another program"; // what `foreign_other` says

bool is_form(std::string_view content_type) noexcept
{
    static constexpr std::string_view form = "application/x-www-form-urlencoded";
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(content_type.substr(0, form.size()), form, {}, lower);
}

std::string_view queue_of(message_view const& m) noexcept
{
    return m.messaging_service_sid.empty() ? m.from : m.messaging_service_sid;
}

std::size_t segments_of(message_view const& m)
{
    return m.media_count != 0 ? 1 : count_segments(m.body).segments;
}

} // namespace

answer api::create(api_request const& r, account_state& account, time_point now)
{
    form_ = create_parameters();
    bool const readable = !is_form(r.content_type) || decode_create_form(r.body, form_text_, form_);
    settle_sender(form_);
    auto const decision = faults_.next(form_.to);
    if (decision.foreign_equal || decision.foreign_other)
        if (!problem_of(r, readable, account, now))
            accept_foreign(message_of_form(account, now), decision);
    if (decision.fault)
        if (auto a = answer_before_acceptance(decision))
            return *std::move(a);
    if (auto const error = problem_of(r, readable, account, now)) {
        truth_->count_end(request_end::rejected);
        return refusal(*error);
    }
    return accept(account, decision, now);
}

std::optional<api_error> api::problem_of(api_request const& r, bool readable, account_state const& account,
                                         time_point now) const
{
    if (!readable)
        return api_error{422, 20422, "Invalid Parameter"};
    if (r.content_type.empty() && !r.body.empty())
        return api_error{422, 20422, "Invalid Parameter: the Content-Type header is missing"};
    return check_create(form_, account.settings, std::chrono::floor<std::chrono::seconds>(now + options_.clock_skew));
}

// The message that the form asks for, with texts that live until the next request.
message_view api::message_of_form(account_state const& account, time_point now)
{
    media_.clear();
    for (auto const url : form_.media_urls) {
        media_ += url;
        media_ += '\n';
    }
    message_view m;
    m.account_sid = account.settings.sid;
    m.to = form_.to;
    m.from = form_.from;
    m.messaging_service_sid = form_.messaging_service_sid;
    m.body = form_.body;
    m.media = media_;
    m.media_count = static_cast<std::uint16_t>(form_.media_urls.size());
    m.marks.smart_encoded = form_.smart_encoded == "true";
    m.accepted_at = now;
    if (!form_.send_at.empty())
        m.send_at = *parse_iso8601(form_.send_at) - options_.clock_skew; // it was checked
    return m;
}

answer api::accept(account_state const& account, fault_decision const& decision, time_point now)
{
    message_view m = message_of_form(account, now);
    if (queues_.in_use()) {
        auto const wait = queues_.enter(queue_of(m), segments_of(m), now);
        if (!wait && m.messaging_service_sid.empty()) {
            truth_->count_end(request_end::rejected);
            return refusal({429, 21611, "SMS queue is full."});
        }
        m.marks.overflowed = !wait;
        m.queue_wait = wait.value_or(std::chrono::milliseconds(0));
    }
    if (decision.fault == simulated_fault::late_acceptance)
        return leave_for_later(m, decision);
    m.number = truth_->add(m);
    answer a;
    a.status = 201;
    a.message = m.number;
    a.body.reserve(1024);
    append_message(a.body, m, account, now);
    if (decision.fault)
        spoil_after_acceptance(a, decision);
    return a;
}

std::optional<answer> api::answer_before_acceptance(fault_decision const& decision)
{
    answer a;
    switch (*decision.fault) {
    case simulated_fault::reset_before: a.what = deed::reset; break;
    case simulated_fault::stall_before: a.what = deed::stall; break;
    case simulated_fault::error_before: a = breakdown(decision.other_form); break;
    case simulated_fault::conflict: a = refusal({409, 20409, "Conflict"}); break;
    case simulated_fault::throttle:
    case simulated_fault::throttle_storm:
        truth_->count_end(request_end::throttled);
        a = refusal(too_many_requests);
        a.at_once = true;
        break;
    case simulated_fault::reply_lost:
    case simulated_fault::reset_after:
    case simulated_fault::stall_after:
    case simulated_fault::error_after:
    case simulated_fault::reply_cut:
    case simulated_fault::reply_garbled:
    case simulated_fault::late_acceptance: return std::nullopt;
    }
    truth_->count_fault(*decision.fault);
    return a;
}

void api::spoil_after_acceptance(answer& a, fault_decision const& decision)
{
    auto const number = *a.message;
    a.message.reset(); // nothing more is to be learnt about its reply
    reply_kind reply = reply_kind::error;
    switch (*decision.fault) {
    case simulated_fault::reply_lost:
        a.what = deed::close;
        reply = reply_kind::lost;
        break;
    case simulated_fault::reset_after:
        a.what = deed::reset;
        reply = reply_kind::reset;
        break;
    case simulated_fault::stall_after:
        a.what = deed::stall;
        reply = reply_kind::stalled;
        break;
    case simulated_fault::reply_cut:
        a.what = deed::cut;
        a.cut = decision.cut;
        reply = reply_kind::cut;
        break;
    case simulated_fault::reply_garbled:
        if (decision.other_form)
            a.body = R"({"status": "queued", "error_code": null})";
        else
            a.body.resize(a.body.size() / 2);
        reply = reply_kind::garbled;
        break;
    default: a = breakdown(decision.other_form);
    }
    truth_->count_fault(*decision.fault);
    truth_->set_reply(number, reply);
}

answer api::leave_for_later(message_view& m, fault_decision const& decision)
{
    answer a;
    a.what = decision.other_form ? deed::stall : deed::close;
    m.accepted_at += decision.late_by;
    m.marks.late = true;
    m.reply = decision.other_form ? reply_kind::stalled : reply_kind::lost;
    later_.add(m);
    truth_->count_pending();
    truth_->count_fault(*decision.fault);
    return a;
}

void api::accept_foreign(message_view m, fault_decision const& decision)
{
    auto const now = m.accepted_at;
    m.marks.foreign = true;
    m.reply = reply_kind::none;
    auto const accept_at = [&](time_point when) {
        m.accepted_at = when;
        if (when > now)
            later_.add(m);
        else
            truth_->add(m);
    };
    if (decision.foreign_equal)
        accept_at(now + *decision.foreign_equal);
    if (decision.foreign_other) {
        m.body = other_text;
        accept_at(now + *decision.foreign_other);
    }
}

} // namespace twilio_sms::detail::sim
