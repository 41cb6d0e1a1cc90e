// A notification as the form body of Twilio's create call.
#pragma once
#include "core/notification_check.hpp"
#include <span>
#include <string>
#include <string_view>
#include <twilio_sms/notification.hpp>

namespace twilio_sms::detail {

/// Appends `value` percent-encoded for application/x-www-form-urlencoded: letters, digits and `-_.~*`
/// stay (`~` encoded), space is `+`, every other byte `%XX`.
void append_form_encoded(std::string& out, std::string_view value);

/// The body of POST Messages.json. Leaves out the media at the positions `dropped` (ascending).
/// The notification's own `from` wins over the default sender.
/// Precondition: `check_notification` found no problem.
std::string encode_create_form(notification const& n, default_sender const& sender, std::span<bad_media const> dropped);

} // namespace twilio_sms::detail
