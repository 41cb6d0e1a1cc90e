// A structured log of a provider: an adapter on `observer`.
#pragma once
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <span>
#include <string_view>
#include <twilio_sms/export.hpp>
#include <twilio_sms/observer.hpp>
#include <variant>

namespace twilio_sms {

enum class log_level : std::uint8_t { debug, info, warn, error };

/// "DEBUG", "INFO", "WARN" or "ERROR".
TWILIO_SMS_API std::string_view to_string(log_level level) noexcept;

/// One named value of a log event.
struct log_field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, bool> value;
};

/// One line of the log. Views are valid only during the call of the sink.
struct log_event {
    log_level level;
    std::string_view name;             ///< stable, for machines: "sent", "attempt_failed", ...
    std::string_view text;             ///< for people: "message sent"
    std::span<log_field const> fields; ///< numbers are masked; message texts and secrets are never here
};

/// Called for each event at or above the level, by one provider never twice at once: it must be thread-safe only when
/// several providers share it (see `observer`). It must not block for long, since sending waits meanwhile: a line into
/// a buffered file is well, a slow disk or a server is not. What it throws is dropped.
using log_sink = std::function<void(log_event const&)>;

/// An observer that writes a log: give it to `provider_options::observer`.
/// Events: `initialized` (INFO), `attempt` (DEBUG), `sent` with SID and status (INFO), `media_dropped` (WARN),
/// `attempt_failed` (WARN when it will be repeated or Twilio asked, else ERROR), `resolved` (INFO, WARN without
/// result), `gave_up` (ERROR), `throttled` (WARN), `connection_opened`, `connection_closed` (DEBUG).
/// @code
/// options.observer = sms::make_log_observer(sms::log_level::info, sms::text_sink(std::clog));
/// @endcode
TWILIO_SMS_API std::shared_ptr<observer> make_log_observer(log_level at_least, log_sink sink);

/// A sink that writes one line of text for people: `INFO sent: message sent to=+15*******10 sid=SM...`.
/// `out` must live until the provider is destroyed and its executor has run what was left. Lines are written whole,
/// also from several threads, and are not flushed.
TWILIO_SMS_API log_sink text_sink(std::ostream& out);

/// A sink that writes one JSON object a line, with "time" (UTC, ISO 8601), "level", "event", "text" and the fields.
/// `out` must live as long as for `text_sink`. Lines are written whole, also from several threads, and are not flushed.
TWILIO_SMS_API log_sink json_lines_sink(std::ostream& out);

} // namespace twilio_sms
