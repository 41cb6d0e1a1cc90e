#include "client/login.hpp"
#include "core/control_characters.hpp"
#include "core/notification_check.hpp"
#include "net/base_url.hpp"
#include "net/proxy_url.hpp"
#include "twilio/routed_host.hpp"
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

// A label of a host name.
bool is_label(std::string_view text) noexcept
{
    return text.size() <= 63 && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

/// Collects the problems of one set of options, in the order of its fields.
class validator {
public:
    explicit validator(provider_options const& o) : o_(o), problems_(detail::login_of(o).problems()) {}

    std::vector<option_problem> run() &&
    {
        subaccount();
        sender();
        retries();
        times();
        if (o_.max_connections < 1 || o_.max_connections > 10'000)
            add("max_connections", "is " + std::to_string(o_.max_connections), "set 1 to 10000");
        if (o_.max_handshakes < 1)
            add("max_handshakes", "is 0", "set 1 or more");
        base_url();
        ca_file();
        proxy();
        return std::move(problems_);
    }

private:
    void add(std::string option, std::string what, std::string fix)
    {
        problems_.push_back({std::move(option), std::move(what), std::move(fix)});
    }

    void subaccount()
    {
        if (!o_.subaccount_sid.empty() && !detail::is_sid(o_.subaccount_sid, "AC"))
            add("subaccount_sid", "is not AC and 32 hex digits",
                "copy the SID of the subaccount from console.twilio.com, or leave it empty");
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
        if (url)
            routing("region", o_.region, "au1", *url), routing("edge", o_.edge, "sydney", *url);
    }

    void routing(char const* name, std::string const& value, std::string const& example, detail::base_url const& url)
    {
        if (!is_label(value))
            add(name, "holds other characters than letters, digits and -", "write it like " + example);
        else if (!detail::routed_host(url.host, value, {}))
            add(name, "is set, but base_url is not a host of Twilio's",
                "leave it empty, or write base_url like https://api.twilio.com");
    }

    void ca_file()
    {
        if (detail::has_control_characters(o_.ca_file))
            return add("ca_file", "holds a line break or another control character", "remove it");
        if (o_.ca_file.empty() || readable())
            return;
        add("ca_file", "cannot read '" + o_.ca_file + "': " + std::strerror(errno != 0 ? errno : ENODATA),
            "name a PEM file of trusted certificates, or leave it empty");
    }

    void proxy()
    {
        if (detail::has_control_characters(o_.no_proxy))
            add("no_proxy", "holds a line break or another control character", "divide the hosts by commas");
        if (o_.proxy.empty())
            return;
        std::string problem;
        if (!detail::parse_proxy_url(o_.proxy, problem))
            return add("proxy", problem, "write it like http://user:password@host:port, with %40 for @ in a password");
        auto const url = detail::parse_base_url(o_.base_url, problem);
        if (url && !url->tls && !detail::bypasses_proxy(o_.no_proxy, url->host, url->port))
            add("proxy", "is set, but base_url is http://, and proxies are for https:// only",
                "leave it empty, or put the host into no_proxy");
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

bool is_set(char const* name)
{
    char const* const value = std::getenv(name);
    return value && *value;
}

void read_variable(char const* name, std::string& into)
{
    if (is_set(name))
        into = std::getenv(name);
}

} // namespace

options_error::options_error(std::vector<option_problem> problems)
    : invalid_argument(joined(problems)),
      problems_(std::make_shared<std::vector<option_problem> const>(std::move(problems)))
{}

provider_options provider_options::from_environment()
{
    return from_environment(provider_options());
}

provider_options provider_options::from_environment(provider_options o)
{
    if (is_set("TWILIO_AUTH_TOKEN"))
        o.api_key.clear(), o.api_secret.clear();
    if (is_set("TWILIO_API_KEY") || is_set("TWILIO_API_SECRET"))
        o.auth_token.clear();
    if (is_set("TWILIO_FROM_NUMBER") || is_set("TWILIO_MESSAGING_SERVICE_SID") || is_set("TWILIO_MESSAGE_SERVICE_SID"))
        o.from_number.clear(), o.messaging_service_sid.clear();
    read_variable("TWILIO_ACCOUNT_SID", o.account_sid);
    read_variable("TWILIO_AUTH_TOKEN", o.auth_token);
    read_variable("TWILIO_API_KEY", o.api_key);
    read_variable("TWILIO_API_SECRET", o.api_secret);
    read_variable("TWILIO_FROM_NUMBER", o.from_number);
    read_variable("TWILIO_MESSAGING_SERVICE_SID", o.messaging_service_sid);
    read_variable("TWILIO_MESSAGE_SERVICE_SID", o.messaging_service_sid); // the older name wins
    read_variable("TWILIO_BASE_URL", o.base_url);
    read_variable("TWILIO_REGION", o.region);
    read_variable("TWILIO_EDGE", o.edge);
    read_variable("TWILIO_CA_BUNDLE", o.ca_file);
    read_variable("NO_PROXY", o.no_proxy);
    read_variable("no_proxy", o.no_proxy);
    if (is_set("HTTPS_PROXY") || is_set("https_proxy")) {
        read_variable("HTTPS_PROXY", o.proxy);
        read_variable("https_proxy", o.proxy); // the lower case wins, as in other programs
        o.no_proxy.append(o.no_proxy.empty() ? "" : ",").append("localhost,127.0.0.0/8,::1");
    }
    return o;
}

std::vector<option_problem> provider_options::validate() const
{
    return validator(*this).run();
}

} // namespace twilio_sms
