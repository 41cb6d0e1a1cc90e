// Where a provider's requests go.
#pragma once
#include "client/login.hpp"
#include "net/base_url.hpp"
#include "net/proxy_url.hpp"
#include "twilio/request_writer.hpp"
#include <memory>
#include <optional>
#include <string>
#include <twilio_sms/provider_options.hpp>

namespace twilio_sms::detail {

/// Worked out once, from options without problems.
struct destination {
    base_url url;            ///< with the host of the region and edge
    std::string server;      ///< "api.twilio.com:443", for people
    std::string host_header; ///< without the port when it is the scheme's own
    std::string account_sid; ///< whose messages: the subaccount's, if there is one

    explicit destination(provider_options const& valid);

    /// What writes requests to it. Precondition: the login has no problems.
    std::shared_ptr<request_writer> writer_for(login const& who) const;

    /// The way there, if it is not the direct one.
    std::optional<proxy_route> proxy_of(provider_options const& valid) const;
};

} // namespace twilio_sms::detail
