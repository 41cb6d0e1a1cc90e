#include "core/notification_check.hpp"
#include "net/base_url.hpp"
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <twilio_sms/provider_options.hpp>
#include <utility>

namespace twilio_sms {
namespace {

// Above this, sums with the clock's time come near its end.
constexpr std::chrono::hours longest_time(24 * 365 * 10);

std::string joined(std::vector<option_problem> const& problems)
{
    std::string lines;
    for (auto const& p : problems) {
        if (!lines.empty())
            lines += '\n';
        lines += p.option + ": " + p.what + "; " + p.fix;
    }
    return lines;
}

bool has_control_characters(std::string_view text) noexcept
{
    return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; });
}

/// Collects the problems of one set of options, in the order of its fields.
class validator {
public:
    explicit validator(provider_options const& o) noexcept : o_(o) {}

    std::vector<option_problem> run() &&
    {
        account_sid();
        auth_token();
        sender();
        retries();
        times();
        if (o_.max_connections < 1 || o_.max_connections > 10'000)
            add("max_connections", "is " + std::to_string(o_.max_connections), "set 1 to 10000");
        if (o_.max_handshakes < 1)
            add("max_handshakes", "is 0", "set 1 or more");
        base_url();
        ca_file();
        return std::move(problems_);
    }

private:
    void add(std::string option, std::string what, std::string fix)
    {
        problems_.push_back({std::move(option), std::move(what), std::move(fix)});
    }

    // The value is never shown: it may be the token, put in the wrong place.
    void account_sid()
    {
        auto const& sid = o_.account_sid;
        if (detail::is_sid(sid, "AC"))
            return;
        constexpr auto fix = "copy the Account SID (AC and 32 hex digits) from console.twilio.com";
        if (sid.empty())
            add("account_sid", "is not set", "set TWILIO_ACCOUNT_SID, or copy the Account SID from console.twilio.com");
        else if (sid.starts_with("SK"))
            add("account_sid", "is the SID of an API key (SK...)", fix);
        else if (sid == o_.auth_token || detail::is_sid(sid, ""))
            add("account_sid", "looks like the auth token", fix);
        else if (has_control_characters(sid) || sid.find(' ') != std::string::npos)
            add("account_sid", "holds a space, a line break or another control character", fix);
        else
            add("account_sid", "is not AC and 32 hex digits", fix);
    }

    void auth_token()
    {
        if (o_.auth_token.empty())
            add("auth_token", "is not set", "set TWILIO_AUTH_TOKEN, or copy the Auth Token from console.twilio.com");
        else if (has_control_characters(o_.auth_token))
            add("auth_token", "holds a line break or another control character", "remove it; often it ends a file");
    }

    void sender()
    {
        auto const& from = o_.from_number;
        auto const& service = o_.messaging_service_sid;
        if (from.empty() && service.empty())
            add("from_number", "is not set, and neither is messaging_service_sid", "set one of the two");
        if (!from.empty() && !service.empty())
            add("from_number", "is set together with messaging_service_sid", "set only one of the two");
        if (!from.empty() && !detail::is_sender(from))
            add("from_number", "is not a sender",
                "use an E.164 number like +15558675310, a short code or an alphanumeric ID of at most 11 characters");
        if (!service.empty() && !detail::is_sid(service, "MG"))
            add("messaging_service_sid", "is not MG and 32 hex digits",
                "copy the SID of the Messaging Service from console.twilio.com");
    }

    void retries()
    {
        if (o_.max_retries < 0 || o_.max_retries > 100)
            add("max_retries", "is " + std::to_string(o_.max_retries), "set 0 (never repeat) to 100");
        if (o_.retry_delay < o_.retry_delay.zero())
            add("retry_delay", "is negative", "set 0 ms (repeat at once) or more");
        too_long("retry_delay", o_.retry_delay);
    }

    void times()
    {
        for (auto const& [name, value] :
             {std::pair("connect_timeout", o_.connect_timeout), std::pair("response_timeout", o_.response_timeout),
              std::pair("total_timeout", o_.total_timeout), std::pair("queue_timeout", o_.queue_timeout),
              std::pair("settle_time", o_.settle_time), std::pair("idle_timeout", o_.idle_timeout),
              std::pair("max_connection_age", o_.max_connection_age)}) {
            if (value <= value.zero())
                add(name, "is zero or negative", "set 1 ms or more; 1000 h is practically no limit");
            too_long(name, value);
        }
    }

    void too_long(char const* name, std::chrono::milliseconds value)
    {
        if (value > longest_time)
            add(name, "is more than ten years", "set 87600 h or less");
    }

    void base_url()
    {
        std::string problem;
        auto const url = detail::parse_base_url(o_.base_url, problem);
        if (!url)
            add("base_url", problem, "write it like https://api.twilio.com");
        else if (!url->tls && !url->loopback && !o_.allow_insecure_http)
            add("base_url", "is http:// to another machine, which shows the credentials to the network",
                "use https://, or set allow_insecure_http if that is what you want");
    }

    void ca_file()
    {
        if (o_.ca_file.empty() || readable())
            return;
        add("ca_file", "cannot read '" + o_.ca_file + "': " + std::strerror(errno != 0 ? errno : ENODATA),
            "name a PEM file of trusted certificates, or leave it empty");
    }

    // Reading a byte tells a directory from a file, which opening does not.
    bool readable() const
    {
        errno = 0; // stays so for an empty file
        std::ifstream file(o_.ca_file, std::ios::binary);
        return file.peek() != std::ifstream::traits_type::eof();
    }

    provider_options const& o_;
    std::vector<option_problem> problems_;
};

void read_variable(char const* name, std::string& into)
{
    if (char const* value = std::getenv(name); value && *value)
        into = value;
}

} // namespace

options_error::options_error(std::vector<option_problem> problems)
    : invalid_argument(joined(problems)),
      problems_(std::make_shared<std::vector<option_problem> const>(std::move(problems)))
{}

provider_options provider_options::from_environment()
{
    provider_options o;
    read_variable("TWILIO_ACCOUNT_SID", o.account_sid);
    read_variable("TWILIO_AUTH_TOKEN", o.auth_token);
    read_variable("TWILIO_FROM_NUMBER", o.from_number);
    read_variable("TWILIO_MESSAGING_SERVICE_SID", o.messaging_service_sid);
    read_variable("TWILIO_MESSAGE_SERVICE_SID", o.messaging_service_sid); // the older name wins
    read_variable("TWILIO_BASE_URL", o.base_url);
    read_variable("TWILIO_CA_BUNDLE", o.ca_file);
    return o;
}

std::vector<option_problem> provider_options::validate() const
{
    return validator(*this).run();
}

} // namespace twilio_sms
