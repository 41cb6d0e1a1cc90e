#include "cli/option_names.hpp"
#include <array>
#include <string_view>

namespace twilio_sms::cli {
namespace {

struct wording {
    std::string_view library, tool;
};
constexpr std::array wordings{
    wording{"account_sid", "--account-sid"},
    wording{"auth_token", "--auth-token-file"},
    wording{"api_key", "--api-key"},
    wording{"api_secret", "--api-secret-file"},
    wording{"subaccount_sid", "--subaccount-sid"},
    wording{"from_number", "--from"},
    wording{"messaging_service_sid", "--messaging-service-sid"},
    wording{"max_retries", "--max-retries"},
    wording{"retry_delay", "--retry-delay"},
    wording{"connect_timeout", "--connect-timeout"},
    wording{"response_timeout", "--response-timeout"},
    wording{"total_timeout", "--total-timeout"},
    wording{"queue_timeout", "--queue-timeout"},
    wording{"max_connections", "--max-connections"},
    wording{"idle_timeout", "--idle-timeout"},
    wording{"max_connection_age", "--max-connection-age"},
    wording{"base_url", "--base-url"},
    wording{"region", "--region"},
    wording{"edge", "--edge"},
    wording{"ca_file", "--ca-file"},
    wording{"proxy", "--proxy"},
    wording{"no_proxy", "--no-proxy"},
    wording{"allow_insecure_http", "--allow-insecure-http"},
};

// Paths and URLs, which may hold such a word, stay as they are.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) noexcept
{
    return (begin == 0 || text[begin - 1] == ' ') &&
           (end == text.size() || std::string_view(" :;,").find(text[end]) != std::string_view::npos);
}

void replace_word(std::string& text, wording const& w)
{
    // One that is also a word of English is an option only where it is what the line is about.
    if (w.library.find('_') == w.library.npos) {
        if (text.starts_with(w.library) && text.compare(w.library.size(), 1, ":") == 0)
            text.replace(0, w.library.size(), w.tool);
        return;
    }
    for (auto at = text.find(w.library); at != text.npos;) {
        auto next = at + w.library.size();
        if (stands_alone(text, at, next)) {
            text.replace(at, w.library.size(), w.tool);
            next = at + w.tool.size();
        }
        at = text.find(w.library, next);
    }
}

} // namespace

std::string with_names_of_flags(std::string text)
{
    for (auto const& w : wordings)
        replace_word(text, w);
    return text;
}

std::string explain_option_problem(option_problem const& problem)
{
    auto const line = problem.option + ": " + problem.what + "; " + problem.fix;
    bool const both_logins = problem.option == "auth_token" && problem.what.find("together") != problem.what.npos;
    bool const both_senders = problem.option == "from_number" && line.find("messaging_service_sid") != line.npos;
    // Either may come from the environment, unseen.
    return with_names_of_flags(line) + (both_logins ? " (they are also TWILIO_AUTH_TOKEN and TWILIO_API_KEY)" : "") +
           (both_senders ? " (they are also TWILIO_FROM_NUMBER and TWILIO_MESSAGE_SERVICE_SID)" : "");
}

} // namespace twilio_sms::cli
