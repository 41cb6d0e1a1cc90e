#include "cli/provider_flags.hpp"
#include "campaign/error.hpp"
#include "cli/duration.hpp"
#include "cli/number_check.hpp"
#include "cli/settings_file.hpp"
#include <CLI/CLI.hpp>
#include <cerrno>
#include <fstream>
#include <iostream>
#include <system_error>

namespace twilio_sms::cli {
namespace {

constexpr auto account_group = "Account and sender";
constexpr auto behaviour_group = "Provider";
constexpr auto log_group = "Log";

// A secret in a file, so that it is not on the command line, where other users of the machine could read it.
std::string read_secret(std::string const& flag, std::string const& path, std::string const& what)
{
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    constexpr std::streamsize longest = 4096; // far above any secret; keeps a wrong file out of memory
    std::string secret(static_cast<std::size_t>(longest), '\0');
    file.read(secret.data(), longest);
    if (file.bad() || (!file && !file.eof()) || file.gcount() == longest)
        throw campaign::input_error(flag + ": " + path + " cannot be read: " +
                                    (errno != 0 ? std::generic_category().message(errno) : "too large for a secret"));
    secret.resize(static_cast<std::size_t>(file.gcount()));
    while (secret.ends_with('\n') || secret.ends_with('\r'))
        secret.pop_back();
    if (secret.empty())
        throw campaign::input_error(flag + ": " + path + " is empty; put the " + what + " into it");
    return secret;
}

// The command line is no place for secrets, see `read_secret`.
CLI::Validator no_password()
{
    return CLI::Validator(
        [](std::string& url) {
            return url.find('@') == url.npos
                       ? std::string()
                       : "holds a user name and password, which other users of this machine could read; put the URL "
                         "into the variable HTTPS_PROXY";
        },
        "");
}

} // namespace

template <class T>
auto* provider_flags::add(CLI::App& app, char const* name, T provider_options::*field, char const* help)
{
    auto set = [this, field](T const& value) {
        changes_.emplace_back([field, value](provider_options& o) { o.*field = value; });
    };
    return app.add_option_function<T>(name, std::move(set), help);
}

void provider_flags::add_duration(CLI::App& app, char const* name, std::chrono::milliseconds provider_options::*field,
                                  char const* help)
{
    auto set = [this, name, field](std::string const& text) {
        try {
            auto const value = parse_duration(text);
            changes_.emplace_back([field, value](provider_options& o) { o.*field = value; });
        } catch (std::invalid_argument const& e) {
            throw CLI::ValidationError(name, e.what());
        }
    };
    app.add_option_function<std::string>(name, std::move(set), help)
        ->type_name("TIME")
        ->default_str(duration_text(provider_options().*field))
        ->group(behaviour_group);
}

template <class T>
void provider_flags::add_choice(CLI::App& app, char const* name, T provider_options::*field,
                                std::vector<std::pair<std::string, T>> const& choices, char const* help)
{
    std::vector<std::string> names;
    std::string default_name;
    for (auto const& [choice, value] : choices) {
        names.push_back(choice);
        if (value == provider_options().*field)
            default_name = choice;
    }
    auto set = [this, field, choices](std::string const& chosen) {
        for (auto const& [choice, value] : choices)
            if (choice == chosen)
                changes_.emplace_back([field, v = value](provider_options& o) { o.*field = v; });
    };
    app.add_option_function<std::string>(name, std::move(set), help)
        ->check(CLI::IsMember(names))
        ->default_str(default_name)
        ->group(behaviour_group);
}

void provider_flags::add_to(CLI::App& app, sender s)
{
    sends_ = s == sender::wanted;
    app.add_option("--config", settings_file_,
                   "File with these options; '' for none; else ~/.config/twilio-sms/config.toml, if there is one")
        ->type_name("FILE");
    add_settings_to(app);
    app.callback([this, &app] { read_settings(app); });
}

void provider_flags::add_settings_to(CLI::App& app)
{
    add_account_flags(app);
    if (sends_)
        add_sender_flags(app);
    add_behaviour_flags(app);
    add_log_flags(app);
}

void provider_flags::read_settings(CLI::App const& app)
{
    bool const named = app.count("--config") != 0;
    if (!named)
        settings_file_ = usual_settings_file();
    if (settings_file_.empty())
        return;
    below_ = std::make_shared<provider_flags>();
    CLI::App file;
    file.set_help_flag();
    below_->add_settings_to(file);
    file.add_option("--auth-token", below_->auth_token_);
    file.add_option("--api-secret", below_->api_secret_);
    if (!read_settings_file(settings_file_, file, {"auth-token", "api-secret"})) {
        if (named)
            throw campaign::input_error("--config: there is no file " + settings_file_ +
                                        ", or its directory is closed to this user");
        settings_file_.clear();
    }
    has_max_connections_ = has_max_connections_ || below_->has_max_connections_;
    if (!has_log_level_)
        log_level_ = below_->log_level_;
    if (!json_log_)
        json_log_ = below_->json_log_;
}

void provider_flags::add_account_flags(CLI::App& app)
{
    add(app, "--account-sid", &provider_options::account_sid, "Account SID, AC...; else TWILIO_ACCOUNT_SID")
        ->group(account_group);
    app.add_option("--auth-token-file", auth_token_file_, "File with the auth token; else TWILIO_AUTH_TOKEN")
        ->type_name("FILE")
        ->group(account_group);
    add(app, "--api-key", &provider_options::api_key, "API key, SK..., in place of the auth token; else TWILIO_API_KEY")
        ->each([this](std::string const&) { has_api_key_ = true; })
        ->group(account_group);
    app.add_option("--api-secret-file", api_secret_file_, "File with the secret of the API key; else TWILIO_API_SECRET")
        ->type_name("FILE")
        ->group(account_group);
    add(app, "--subaccount-sid", &provider_options::subaccount_sid, "Sends as this subaccount, AC...")
        ->group(account_group);
}

void provider_flags::add_sender_flags(CLI::App& app)
{
    add(app, "--from,--from-number", &provider_options::from_number,
        "Sender: E.164 number, short code or alphanumeric ID; else TWILIO_FROM_NUMBER")
        ->each([this](std::string const&) { has_from_ = true; })
        ->group(account_group);
    add(app, "--messaging-service-sid", &provider_options::messaging_service_sid,
        "Sender: a Messaging Service, MG...; else TWILIO_MESSAGE_SERVICE_SID")
        ->each([this](std::string const&) { has_service_ = true; })
        ->group(account_group);
}

void provider_flags::add_behaviour_flags(CLI::App& app)
{
    provider_options const defaults;
    add(app, "--base-url", &provider_options::base_url, "Where the API is; else TWILIO_BASE_URL")
        ->default_str(defaults.base_url)
        ->group(behaviour_group);
    add(app, "--region", &provider_options::region, "Twilio's region, like au1; else TWILIO_REGION")
        ->group(behaviour_group);
    add(app, "--edge", &provider_options::edge, "Twilio's edge, like sydney; else TWILIO_EDGE")->group(behaviour_group);
    add(app, "--ca-file", &provider_options::ca_file, "PEM file of trusted roots; else TWILIO_CA_BUNDLE, the system's")
        ->type_name("FILE")
        ->group(behaviour_group);
    add(app, "--proxy", &provider_options::proxy,
        "HTTP proxy, http://host:port; else HTTPS_PROXY, with password if need be")
        ->type_name("URL")
        ->check(no_password())
        ->group(behaviour_group);
    add(app, "--no-proxy", &provider_options::no_proxy,
        "Hosts to be reached without it, divided by commas; else NO_PROXY")
        ->group(behaviour_group);
    app.add_flag_callback(
           "--allow-insecure-http",
           [this] { changes_.emplace_back([](provider_options& o) { o.allow_insecure_http = true; }); },
           "Let http:// go to other machines: credentials travel in clear")
        ->group(behaviour_group);
    add(app, "--max-retries", &provider_options::max_retries, "Repeats after the first attempt; 0: never")
        ->check(not_empty())
        ->default_str(std::to_string(defaults.max_retries))
        ->group(behaviour_group);
    add_duration(app, "--retry-delay", &provider_options::retry_delay, "Back-off starts here and doubles, up to 30s");
    add_choice<unknown_policy>(app, "--when-unknown", &provider_options::when_unknown,
                               {{"resolve_then_retry", unknown_policy::resolve_then_retry},
                                {"report", unknown_policy::report},
                                {"retry", unknown_policy::retry}},
                               "When no answer came: ask Twilio, then repeat what it does not have; report it; or "
                               "repeat and risk a duplicate");
    add_duration(app, "--settle-time", &provider_options::settle_time, "Wait that long before Twilio is asked");
    add_choice<media_policy>(app, "--invalid-media", &provider_options::invalid_media,
                             {{"drop", media_policy::drop}, {"reject", media_policy::reject}},
                             "A media URL that Twilio cannot fetch: drop it or reject the message");
    add_duration(app, "--connect-timeout", &provider_options::connect_timeout,
                 "Name look-up, connect and TLS together");
    add_duration(app, "--response-timeout", &provider_options::response_timeout, "From the request to the whole reply");
    add_duration(app, "--total-timeout", &provider_options::total_timeout, "One send with its waits and retries");
    add_duration(app, "--queue-timeout", &provider_options::queue_timeout,
                 "Wait for a connection; campaigns have none");
    add_duration(app, "--idle-timeout", &provider_options::idle_timeout, "An unused connection is closed after this");
    add_duration(app, "--max-connection-age", &provider_options::max_connection_age,
                 "A connection is replaced after this");
    add(app, "--max-handshakes", &provider_options::max_handshakes, "Connections being opened at once")
        ->check(not_empty())
        ->check(CLI::Range(1, 10'000))
        ->default_str(std::to_string(defaults.max_handshakes))
        ->group(behaviour_group);
    add(app, "--max-connections", &provider_options::max_connections, "Connections, so requests at the same time")
        ->check(not_empty())
        ->check(CLI::Range(1, 10'000))
        ->each([this](std::string const&) { has_max_connections_ = true; })
        ->default_str(std::to_string(defaults.max_connections))
        ->group(behaviour_group);
}

void provider_flags::add_log_flags(CLI::App& app)
{
    auto const set_level = [this](std::string const& name) {
        log_level_.reset();
        has_log_level_ = true;
        for (auto const level : {log_level::debug, log_level::info, log_level::warn, log_level::error})
            if (CLI::detail::to_lower(std::string(to_string(level))) == name)
                log_level_ = level;
    };
    app.add_option_function<std::string>("--log-level", set_level, "Log to standard error from this level on")
        ->check(CLI::IsMember({"off", "debug", "info", "warn", "error"}))
        ->default_str("off")
        ->group(log_group);
    app.add_option_function<std::string>(
           "--log-format", [this](std::string const& name) { json_log_ = name == "json"; }, "One line for each event")
        ->check(CLI::IsMember({"text", "json"}))
        ->default_str("text")
        ->group(log_group);
}

void provider_flags::apply_to(provider_options& o) const
{
    bool const has_token = !auth_token_.empty() || !auth_token_file_.empty();
    bool const has_secret = !api_secret_.empty() || !api_secret_file_.empty();
    // These replace what is below, of whichever kind.
    if (has_from_ || has_service_) {
        o.from_number.clear();
        o.messaging_service_sid.clear();
    }
    if (!sends_) { // but a provider wants one, exactly
        o.from_number = "000";
        o.messaging_service_sid.clear();
    }
    if (has_token)
        o.api_key.clear(), o.api_secret.clear();
    if (has_api_key_ || has_secret)
        o.auth_token.clear();
    for (auto const& apply : changes_)
        apply(o);
    if (has_token)
        o.auth_token =
            auth_token_file_.empty() ? auth_token_ : read_secret("--auth-token-file", auth_token_file_, "auth token");
    if (has_secret)
        o.api_secret = api_secret_file_.empty()
                           ? api_secret_
                           : read_secret("--api-secret-file", api_secret_file_, "secret of the API key");
}

provider_options provider_flags::options() const
{
    provider_options o;
    if (below_)
        below_->apply_to(o);
    o = provider_options::from_environment(std::move(o));
    apply_to(o);
    if (log_level_)
        o.observer = make_log_observer(*log_level_,
                                       json_log_.value_or(false) ? json_lines_sink(std::cerr) : text_sink(std::cerr));
    return o;
}

} // namespace twilio_sms::cli
