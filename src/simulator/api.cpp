#include "simulator/api.hpp"
#include "core/notification_check.hpp"
#include "simulator/message_json.hpp"

namespace twilio_sms::detail::sim {
namespace {

constexpr std::string_view accounts_path = "/2010-04-01/Accounts/";
constexpr std::string_view messages_resource = "Messages.json";
constexpr std::string_view json_suffix = ".json";
constexpr std::string_view error_page = "<html><head><title>503 Service Temporarily Unavailable</title></head>\r\n"
                                        "<body><center><h1>503 Service Temporarily Unavailable</h1></center></body>\r\n"
                                        "</html>\r\n";

api_error const bad_credentials{401, 20003, "Authenticate", "Your AccountSid or AuthToken was incorrect."};

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

/// "Messages/{Sid}" and what follows it: ".json", or a path below the message.
struct message_path {
    std::string_view sid;
    std::string_view part;
};

std::optional<message_path> message_in(std::string_view resource) noexcept
{
    static constexpr std::string_view messages = "Messages/";
    static constexpr std::size_t sid_size = 34;
    if (!resource.starts_with(messages) || !resource.ends_with(json_suffix))
        return std::nullopt;
    resource.remove_prefix(messages.size());
    auto const sid = resource.substr(0, sid_size);
    auto const part = resource.substr(sid.size());
    if (!(is_sid(sid, "SM") || is_sid(sid, "MM")) || (part != json_suffix && !part.starts_with('/')))
        return std::nullopt;
    return message_path{sid, part};
}

} // namespace

api_error const too_many_requests{429, 20429, "Too Many Requests"};
api_error const wrong_method{405, 20004, "Method not allowed"};

api_error not_found(std::string_view path)
{
    std::string text = "The requested resource ";
    text += path;
    text += " was not found";
    return {404, 20404, std::move(text)};
}

answer refusal(api_error const& error)
{
    answer a;
    a.status = static_cast<unsigned>(error.status);
    append_error_json(a.body, error);
    return a;
}

answer breakdown(bool html_page)
{
    if (!html_page)
        return refusal({500, 20500, "An internal server error has occurred"});
    answer a;
    a.html_page = true;
    a.status = 503;
    a.body = error_page;
    return a;
}

api::api(simulator_options options, std::uint64_t nonce)
    : options_(std::move(options)), accounts_(options_.accounts), faults_(options_),
      queues_(options_.messages_per_second, options_.queue_limit), truth_(std::make_shared<sim::truth>(nonce))
{}

answer api::handle(api_request const& r, time_point now)
{
    advance(now);
    auto const path = split(r.path);
    if (!path)
        return refusal(not_found(r.path));
    bool const is_create = path->resource == messages_resource && r.method == "POST";
    if (is_create)
        truth_->count_request();
    account_state* const account = accounts_.log_in(r.authorization, path->sid);
    if (!account) {
        if (is_create)
            truth_->count_end(request_end::rejected);
        return refusal(bad_credentials);
    }
    if (account->settings.test_credentials && !is_create)
        return refusal({403, 20008, "Resource not accessible with Test Account Credentials"});
    if (options_.max_concurrency != 0 && account->in_flight >= options_.max_concurrency) {
        if (is_create)
            truth_->count_end(request_end::throttled);
        auto a = refusal(too_many_requests);
        a.at_once = true;
        a.concurrent_requests = account->in_flight + 1;
        return a;
    }
    answer a = is_create ? create(r, *account, now) : answer_for(r, *account, now);
    a.concurrent_requests = account->in_flight + 1;
    if (a.what != deed::stall) { // Twilio would have given up on it long before the client's end
        a.account = account;
        ++account->in_flight;
    }
    return a;
}

// All but create.
answer api::answer_for(api_request const& r, account_state& account, time_point now)
{
    auto const resource = split(r.path)->resource;
    if (resource == messages_resource)
        return r.method == "GET" ? list(r, account, now) : refusal(wrong_method);
    auto const path = message_in(resource);
    if (!path)
        return refusal(not_found(r.path));
    bool const is_message = path->part == json_suffix;
    bool const updates = is_message && r.method == "POST";
    if (is_message && r.method != "GET" && r.method != "DELETE" && !updates)
        return refusal(wrong_method);
    auto m = truth_->find(account.settings.sid, path->sid);
    if (!m || m->marks.deleted)
        return refusal(updates ? api_error{404, 30404, "Message not found"} : not_found(r.path));
    if (!is_message)
        return answer_below(*m, path->part, r, account, now);
    if (updates)
        return update(*m, r, account, now);
    return r.method == "GET" ? fetch(*m, account, now) : remove(*m, now);
}

void api::append_message(std::string& out, message_view const& m, account_state const& account, time_point now)
{
    std::string sid;
    truth_->append_sid(sid, m.number, m);
    append_message_json(out, sid, present(m, account.settings, options_, now, shown_text_));
}

answer api::fetch(message_view const& m, account_state& account, time_point now)
{
    answer a;
    a.body.reserve(1024);
    append_message(a.body, m, account, now);
    return a;
}

void api::advance(time_point now)
{
    later_.take_due(now, [this](message_view const& m) { truth_->add(m); });
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
    queues_.clear();
    later_.clear();
}

} // namespace twilio_sms::detail::sim
