// Twilio's regions and edges as parts of the host name.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::detail {

/// The host for a region and an edge, worked out as Twilio's own SDKs do: "api.twilio.com" with au1 and sydney is
/// "api.sydney.au1.twilio.com". An empty one leaves what the host has; an edge without any region means us1.
/// With both empty the host stays as it is, whatever it is. Else nothing for a host that is not below twilio.com.
std::optional<std::string> routed_host(std::string_view host, std::string_view region, std::string_view edge);

} // namespace twilio_sms::detail
