// Every option of a provider as a flag, for the commands that talk to Twilio.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <twilio_sms/log.hpp>
#include <twilio_sms/provider_options.hpp>
#include <vector>

namespace CLI {
class App;
}

namespace twilio_sms::cli {

/// What the flags said, to be applied over the environment.
class provider_flags {
public:
    enum class sender {
        wanted,
        none, ///< the command sends nothing: no flags for it
    };

    /// Adds the flags to a command. The object must outlive the parse and `options`. The parse throws
    /// `campaign::input_error` for a configuration file that is not right.
    void add_to(CLI::App& app, sender s = sender::wanted);

    /// The configuration file, with the environment over it, with the flags over that. A sender replaces the one below
    /// it, of whichever kind; so does a login. Not validated: the provider does that.
    /// Errors: throws `campaign::input_error` when --auth-token-file or --api-secret-file cannot be read.
    provider_options options() const;

    bool has_max_connections() const noexcept { return has_max_connections_; }
    bool logs() const noexcept { return log_level_.has_value(); }

    /// The configuration file that was read; "" when there is none.
    std::string const& settings_file() const noexcept { return settings_file_; }

private:
    using change = std::function<void(provider_options&)>;

    void add_settings_to(CLI::App& app);
    void read_settings(CLI::App const& app);
    void apply_to(provider_options& o) const;
    void add_account_flags(CLI::App& app);
    void add_sender_flags(CLI::App& app);
    void add_behaviour_flags(CLI::App& app);
    void add_log_flags(CLI::App& app);
    template <class T>
    auto* add(CLI::App& app, char const* name, T provider_options::*field, char const* help);
    void add_duration(CLI::App& app, char const* name, std::chrono::milliseconds provider_options::*field,
                      char const* help);
    template <class T>
    void add_choice(CLI::App& app, char const* name, T provider_options::*field,
                    std::vector<std::pair<std::string, T>> const& choices, char const* help);

    std::vector<change> changes_;
    bool sends_ = true;
    bool has_api_key_ = false, has_from_ = false, has_service_ = false, has_max_connections_ = false;
    std::string auth_token_file_, api_secret_file_;
    std::string auth_token_, api_secret_; // of the configuration file only
    std::optional<log_level> log_level_;
    bool has_log_level_ = false; // which may be "off"
    std::optional<bool> json_log_;
    std::string settings_file_;
    std::shared_ptr<provider_flags> below_; // what the configuration file says
};

} // namespace twilio_sms::cli
