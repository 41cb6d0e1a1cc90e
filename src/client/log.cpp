#include "client/log_lines.hpp"
#include "core/trace_parent.hpp"
#include <chrono>
#include <initializer_list>
#include <mutex>
#include <ostream>
#include <span>
#include <twilio_sms/log.hpp>
#include <twilio_sms/receipt.hpp>

namespace twilio_sms {
namespace {

std::int64_t milliseconds(std::chrono::steady_clock::duration d) noexcept
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(d).count();
}

/// Turns events into log events, with no work below its level and no heap of its own.
class log_observer final : public observer {
public:
    log_observer(log_level at_least, log_sink sink) : at_least_(at_least), sink_(std::move(sink)) {}

    void on_initialized(initialized_event const& e) noexcept override
    {
        write(log_level::info, "initialized", "provider ready", {{"host", e.host}, {"sender", e.sender}});
    }

    void on_media_dropped(media_dropped_event const& e) noexcept override
    {
        write(log_level::warn, "media_dropped", "media URL left out",
              {{"to", e.to}, {"index", static_cast<std::int64_t>(e.index)}, {"reason", e.reason}});
    }

    void on_attempt(attempt_event const& e) noexcept override
    {
        write(log_level::debug, "attempt", "sending",
              {{"to", e.to},
               number("attempt", e.number),
               number("of", e.of),
               {"reused", e.reused_connection},
               {"trace_id", detail::trace_id(e.trace_parent)}});
    }

    void on_attempt_failed(attempt_failed_event const& e) noexcept override
    {
        write(e.will_repeat || e.will_ask ? log_level::warn : log_level::error, "attempt_failed", "attempt failed",
              {{"to", e.to},
               number("attempt", e.number),
               number("of", e.of),
               {"fate", to_string(e.why.fate)},
               {"condition", e.why.conditions.primary()},
               number("code", e.why.twilio_code),
               number("http_status", e.why.http_status),
               {"error", e.why.message},
               {"will_repeat", e.will_repeat},
               {"will_ask", e.will_ask},
               {"delay_ms", milliseconds(e.delay)},
               {"request_id", e.why.request_id},
               {"trace_id", detail::trace_id(e.trace_parent)}});
    }

    void on_throttle(throttle_event const& e) noexcept override
    {
        write(log_level::warn, "throttled", "Twilio asked for fewer requests at once",
              {{"limit", static_cast<std::int64_t>(e.limit)}});
    }

    void on_resolve(resolve_event const& e) noexcept override
    {
        write(e.found == fate::unknown ? log_level::warn : log_level::info, "resolved",
              "Twilio was asked about a message in doubt",
              {{"to", e.to},
               {"found", to_string(e.found)},
               {"sid", e.sid},
               {"why", e.why},
               {"will_repeat", e.will_repeat},
               {"elapsed_ms", milliseconds(e.elapsed)},
               {"trace_id", detail::trace_id(e.trace_parent)}});
    }

    void on_outcome(outcome_event const& e) noexcept override
    {
        if (e.accepted) {
            write(log_level::info, "sent", "message sent",
                  {{"to", e.to},
                   {"sid", e.accepted->sid},
                   {"status", e.accepted->status},
                   {"evidence", to_string(e.accepted->evidence)},
                   number("attempts", e.attempts),
                   {"elapsed_ms", milliseconds(e.elapsed)},
                   {"trace_id", detail::trace_id(e.trace_parent)}});
            return;
        }
        auto const& why = *e.failed;
        write(log_level::error, "gave_up", text_of(why.fate),
              {{"to", e.to},
               {"fate", to_string(why.fate)},
               {"condition", why.conditions.primary()},
               number("code", why.twilio_code),
               number("http_status", why.http_status),
               number("attempts", e.attempts),
               {"error", why.message},
               {"request_id", why.request_id},
               {"elapsed_ms", milliseconds(e.elapsed)},
               {"trace_id", detail::trace_id(e.trace_parent)}});
    }

    void on_connection(connection_event const& e) noexcept override
    {
        log_field const open{"open", static_cast<std::int64_t>(e.open)};
        log_field const waiting{"waiting", static_cast<std::int64_t>(e.waiting)};
        if (e.what == connection_event::kind::opened)
            write(log_level::debug, "connection_opened", "connection opened", {open, waiting, {"resumed", e.resumed}});
        else
            write(log_level::debug, "connection_closed", "connection closed", {{"reason", e.reason}, open, waiting});
    }

private:
    static log_field number(std::string_view name, int value) noexcept
    {
        return {name, static_cast<std::int64_t>(value)};
    }

    static std::string_view text_of(fate f) noexcept
    {
        switch (f) {
        case fate::rejected: return "message rejected";
        case fate::unknown: return "message may or may not have been sent";
        default: return "message not sent";
        }
    }

    // A log that fails must not stop a send.
    void write(log_level level, std::string_view name, std::string_view text,
               std::initializer_list<log_field> fields) noexcept
    {
        if (level < at_least_ || !sink_)
            return;
        std::span<log_field const> shown(fields.begin(), fields.size());
        if (shown.back().name == "trace_id" && std::get<std::string_view>(shown.back().value).empty())
            shown = shown.first(shown.size() - 1); // most have none
        try {
            sink_({level, name, text, shown});
        } catch (...) {
        }
    }

    log_level at_least_;
    log_sink sink_;
};

/// Copies of a sink share the stream, so they share its lock.
template <class Format>
log_sink stream_sink(std::ostream& out, Format format)
{
    return [&out, lock = std::make_shared<std::mutex>(), format](log_event const& event) {
        auto line = format(event);
        line += '\n';
        std::lock_guard const guard(*lock);
        out.write(line.data(), static_cast<std::streamsize>(line.size()));
    };
}

} // namespace

std::string_view to_string(log_level level) noexcept
{
    switch (level) {
    case log_level::debug: return "DEBUG";
    case log_level::info: return "INFO";
    case log_level::warn: return "WARN";
    case log_level::error: break;
    }
    return "ERROR";
}

std::shared_ptr<observer> make_log_observer(log_level at_least, log_sink sink)
{
    return std::make_shared<log_observer>(at_least, std::move(sink));
}

log_sink text_sink(std::ostream& out)
{
    return stream_sink(out, [](log_event const& event) { return detail::text_line(event); });
}

log_sink json_lines_sink(std::ostream& out)
{
    return stream_sink(out, [](log_event const& event) {
        auto const now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        return detail::json_line(event, now);
    });
}

} // namespace twilio_sms
