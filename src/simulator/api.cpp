#include "simulator/api.hpp"
#include "core/notification_check.hpp"
#include "core/segments.hpp"
#include "simulator/create_check.hpp"
#include "simulator/message_json.hpp"
#include <algorithm>

namespace twilio_sms::detail::sim {
namespace {

constexpr std::string_view accounts_path = "/2010-04-01/Accounts/";
constexpr std::string_view json_suffix = ".json";
constexpr std::string_view error_page = "<html><head><title>503 Service Temporarily Unavailable</title></head>\r\n"
                                        "<body><center><h1>503 Service Temporarily Unavailable</h1></center></body>\r\n"
                                        "</html>\r\n";

api_error not_found(std::string_view path)
{
    std::string text = "The requested resource ";
    text += path;
    text += " was not found";
    return {404, 20404, std::move(text)};
}

api_error const bad_credentials{401, 20003, "Authenticate", "Your AccountSid or AuthToken was incorrect."};
api_error const too_many_requests{429, 20429, "Too Many Requests"};

/// A path below an account, e.g. "Messages.json".
struct account_path {
    std::string_view sid;
    std::string_view resource;
};

std::optional<account_path> split(std::string_view path) noexcept
{
    if (!path.starts_with(accounts_path))
        return std::nullopt;
    path.remove_prefix(accounts_path.size());
    auto const slash = path.find('/');
    if (slash == std::string_view::npos || !is_sid(path.substr(0, slash), "AC"))
        return std::nullopt;
    return account_path{path.substr(0, slash), path.substr(slash + 1)};
}

/// The SID in "Messages/{Sid}.json"; "" for another path.
std::string_view message_sid_in(std::string_view resource) noexcept
{
    static constexpr std::string_view messages = "Messages/";
    if (!resource.starts_with(messages) || !resource.ends_with(json_suffix))
        return {};
    resource.remove_prefix(messages.size());
    resource.remove_suffix(json_suffix.size());
    return is_sid(resource, "SM") || is_sid(resource, "MM") ? resource : std::string_view();
}

bool is_form(std::string_view content_type) noexcept
{
    static constexpr std::string_view form = "application/x-www-form-urlencoded";
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(content_type.substr(0, form.size()), form, {}, lower);
}

void spoil_with_error(answer& a, bool html_page)
{
    a.what = deed::send;
    a.body.clear();
    a.html_page = html_page;
    a.status = html_page ? 503 : 500;
    if (html_page)
        a.body = error_page;
    else
        append_error_json(a.body, {500, 20500, "An internal server error has occurred"});
}

} // namespace

api::api(simulator_options const& options, std::uint64_t nonce)
    : max_concurrency_(options.max_concurrency), accounts_(options.accounts), faults_(options),
      truth_(std::make_shared<sim::truth>(nonce))
{}

answer api::refuse(api_error const& error) const
{
    answer a;
    a.status = static_cast<unsigned>(error.status);
    append_error_json(a.body, error);
    return a;
}

answer api::handle(api_request const& r, time_point now)
{
    auto const path = split(r.path);
    if (!path)
        return refuse(not_found(r.path));
    bool const is_messages = path->resource == "Messages.json";
    bool const is_create = is_messages && r.method == "POST";
    if (is_create)
        truth_->count_request();
    account_state* const account = accounts_.log_in(r.authorization, path->sid);
    if (!account) {
        if (is_create)
            truth_->count_end(request_end::rejected);
        return refuse(bad_credentials);
    }
    if (account->settings.test_credentials && !is_create)
        return refuse({403, 20008, "Resource not accessible with Test Account Credentials"});
    auto const sid = message_sid_in(path->resource);
    if (!is_messages && sid.empty())
        return refuse(not_found(r.path));
    if (!is_create && (is_messages || r.method != "GET"))
        return refuse({405, 20004, "Method not allowed"});
    if (max_concurrency_ != 0 && account->in_flight >= max_concurrency_) {
        if (is_create)
            truth_->count_end(request_end::throttled);
        auto a = refuse(too_many_requests);
        a.at_once = true;
        a.concurrent_requests = account->in_flight + 1;
        return a;
    }
    answer a = is_create ? create(r, *account, now) : fetch(sid, *account, r.path);
    a.concurrent_requests = account->in_flight + 1;
    if (a.what != deed::stall) { // Twilio would have given up on it long before the client's end
        a.account = account;
        ++account->in_flight;
    }
    return a;
}

std::optional<answer> api::answer_before_acceptance(fault_decision const& decision)
{
    answer a;
    switch (*decision.fault) {
    case simulated_fault::reset_before: a.what = deed::reset; break;
    case simulated_fault::stall_before: a.what = deed::stall; break;
    case simulated_fault::error_before: spoil_with_error(a, decision.html_page); break;
    case simulated_fault::throttle:
        truth_->count_end(request_end::throttled);
        a = refuse(too_many_requests);
        a.at_once = true;
        break;
    case simulated_fault::reply_lost:
    case simulated_fault::reset_after:
    case simulated_fault::stall_after:
    case simulated_fault::error_after: return std::nullopt;
    }
    truth_->count_fault(*decision.fault);
    return a;
}

void api::spoil_after_acceptance(answer& a, fault_decision const& decision)
{
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
    default: spoil_with_error(a, decision.html_page);
    }
    truth_->count_fault(*decision.fault);
    truth_->set_reply(*a.message, reply);
    a.message.reset(); // nothing more is to be learnt about its reply
}

answer api::create(api_request const& r, account_state& account, time_point now)
{
    create_parameters p;
    bool const readable = !is_form(r.content_type) || decode_create_form(r.body, form_text_, p);
    settle_sender(p);
    auto const decision = faults_.next(p.to);
    if (decision.fault)
        if (auto a = answer_before_acceptance(decision))
            return *std::move(a);

    std::optional<api_error> error;
    if (!readable)
        error = api_error{422, 20422, "Invalid Parameter"};
    else if (r.content_type.empty() && !r.body.empty())
        error = api_error{422, 20422, "Invalid Parameter: the Content-Type header is missing"};
    else
        error = check_create(p, account.settings, std::chrono::floor<std::chrono::seconds>(now));
    if (error) {
        truth_->count_end(request_end::rejected);
        return refuse(*error);
    }

    answer a;
    a.status = 201;
    accept(a, p, account, now);
    if (decision.fault)
        spoil_after_acceptance(a, decision);
    return a;
}

void api::accept(answer& a, create_parameters const& p, account_state const& account, time_point now)
{
    std::string media;
    for (auto const url : p.media_urls) {
        media += url;
        media += '\n';
    }
    message_view m;
    m.account_sid = account.settings.sid;
    m.to = p.to;
    m.from = p.from;
    m.messaging_service_sid = p.messaging_service_sid;
    m.body = p.body;
    m.media = media;
    m.media_count = static_cast<std::uint16_t>(p.media_urls.size());
    bool const by_service = !p.messaging_service_sid.empty();
    if (!by_service) // else no sender is chosen yet
        m.segments = m.media_count != 0 ? 1 : static_cast<std::uint16_t>(count_segments(p.body).segments);
    m.status = !p.schedule_type.empty() ? message_status::scheduled
               : by_service             ? message_status::accepted
                                        : message_status::queued;
    m.accepted_at = now;
    a.message = truth_->add(m);
    std::string sid;
    truth_->append_sid(sid, *a.message, m);
    a.body.reserve(1024);
    append_message_json(a.body, sid, m);
}

answer api::fetch(std::string_view sid, account_state& account, std::string_view path)
{
    answer a;
    a.body.reserve(1024);
    bool const found = truth_->with_message(account.settings.sid, sid,
                                            [&](message_view const& m) { append_message_json(a.body, sid, m); });
    return found ? a : refuse(not_found(path));
}

void api::finished(answer const& a, bool delivered)
{
    if (a.account)
        --a.account->in_flight;
    if (a.message)
        truth_->set_reply(*a.message, delivered ? reply_kind::sent : reply_kind::client_gone);
}

void api::reset()
{
    truth_->clear();
    faults_.restart();
}

} // namespace twilio_sms::detail::sim
