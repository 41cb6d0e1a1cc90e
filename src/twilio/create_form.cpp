#include "twilio/create_form.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>

namespace twilio_sms::detail {
namespace {

// How many bytes each byte takes in a form: 1 (as it is, or `+` for a space) or 3 (`%XX`).
constexpr auto encoded_sizes = [] {
    std::array<std::uint8_t, 256> sizes{};
    sizes.fill(3);
    for (char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.* "))
        sizes[static_cast<unsigned char>(c)] = 1;
    return sizes;
}();

constexpr std::size_t encoded_size(std::string_view value) noexcept
{
    std::size_t n = 0;
    for (char c : value)
        n += encoded_sizes[static_cast<unsigned char>(c)];
    return n;
}

/// An integer as text, without the heap.
class integer_text {
public:
    explicit integer_text(std::int64_t value) noexcept
        : end_(std::to_chars(buffer_.data(), buffer_.data() + buffer_.size(), value).ptr)
    {}
    operator std::string_view() const noexcept { return {buffer_.data(), end_}; }

private:
    std::array<char, 24> buffer_;
    char* end_;
};

/// A time as Twilio wants it, e.g. `2023-08-24T05:01:45Z`.
class time_text {
public:
    explicit time_text(std::chrono::sys_seconds when) noexcept
    {
        auto const day = std::chrono::floor<std::chrono::days>(when);
        std::chrono::year_month_day const date(day);
        std::chrono::hh_mm_ss const time(when - day);
        length_ = std::snprintf(buffer_.data(), buffer_.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    }
    operator std::string_view() const noexcept { return {buffer_.data(), static_cast<std::size_t>(length_)}; }

private:
    std::array<char, 64> buffer_;
    int length_;
};

constexpr std::string_view text_of(bool b) noexcept
{
    return b ? "true" : "false";
}
constexpr std::string_view text_of(content_retention r) noexcept
{
    return r == content_retention::retain ? "retain" : "discard";
}
constexpr std::string_view text_of(address_retention r) noexcept
{
    return r == address_retention::retain ? "retain" : "obfuscate";
}
constexpr std::string_view text_of(risk_check r) noexcept
{
    return r == risk_check::enable ? "enable" : "disable";
}

/// Calls `field(name, value)` for each parameter that is set. Not a template: each of its instances would take a
/// tenth of the processor's instruction cache.
class field_taker {
public:
    template <class Taker>
    explicit field_taker(Taker& t) noexcept
        : taker_(&t), call_([](void* taker, std::string_view name, std::string_view value) {
              (*static_cast<Taker*>(taker))(name, value);
          })
    {}
    void operator()(std::string_view name, std::string_view value) const { call_(taker_, name, value); }

private:
    void* taker_;
    void (*call_)(void*, std::string_view, std::string_view);
};

void for_each_field(notification const& n, default_sender const& sender, std::span<bad_media const> dropped,
                    field_taker field)
{
    auto const text = [&](std::string_view name, std::string_view value) {
        if (!value.empty())
            field(name, value);
    };
    auto const choice = [&](std::string_view name, auto const& value) {
        if (value)
            field(name, text_of(*value));
    };

    text("To", n.to);
    if (!n.from.empty()) {
        text("From", n.from);
    } else {
        text("From", sender.from_number);
        text("MessagingServiceSid", sender.messaging_service_sid);
    }
    text("Body", n.text);
    for (std::size_t i = 0; i != n.media_urls.size(); ++i) {
        if (!dropped.empty() && dropped.front().index == i)
            dropped = dropped.subspan(1);
        else
            field("MediaUrl", n.media_urls[i]);
    }
    text("StatusCallback", n.status_callback);
    text("ApplicationSid", n.application_sid);
    text("FallbackFrom", n.fallback_from);
    text("ContentSid", n.content_sid);
    text("ContentVariables", n.content_variables);
    if (n.validity_period)
        field("ValidityPeriod", integer_text(n.validity_period->count()));
    if (n.send_at) {
        field("ScheduleType", "fixed");
        field("SendAt", time_text(*n.send_at));
    }
    choice("SmartEncoded", n.smart_encoded);
    choice("ShortenUrls", n.shorten_urls);
    choice("SendAsMms", n.send_as_mms);
    choice("ProvideFeedback", n.provide_feedback);
    choice("ForceDelivery", n.force_delivery);
    if (n.attempt)
        field("Attempt", integer_text(*n.attempt));
    choice("ContentRetention", n.content_retention);
    choice("AddressRetention", n.address_retention);
    choice("RiskCheck", n.risk_check);
    for (auto const& action : n.persistent_actions)
        field("PersistentAction", action);
}

} // namespace

void append_form_encoded(std::string& out, std::string_view value)
{
    static constexpr char hex[] = "0123456789ABCDEF";
    std::array<char, 384> piece; // on the stack: a std::string that is resized fills itself with zeros first
    while (!value.empty()) {
        char* to = piece.data();
        for (char c : value.substr(0, piece.size() / 3)) {
            auto const byte = static_cast<unsigned char>(c);
            if (encoded_sizes[byte] == 1) {
                *to++ = c == ' ' ? '+' : c;
            } else {
                *to++ = '%';
                *to++ = hex[byte >> 4];
                *to++ = hex[byte & 0xf];
            }
        }
        out.append(piece.data(), to);
        value.remove_prefix(std::min(value.size(), piece.size() / 3));
    }
}

std::string encode_create_form(notification const& n, default_sender const& sender, std::span<bad_media const> dropped)
{
    std::size_t size = 0;
    auto measure = [&](std::string_view name, std::string_view value) {
        size += name.size() + encoded_size(value) + 2; // `&` and `=`
    };
    for_each_field(n, sender, dropped, field_taker(measure));
    std::string form;
    form.reserve(size);
    auto write = [&](std::string_view name, std::string_view value) {
        if (!form.empty())
            form += '&';
        form += name;
        form += '=';
        append_form_encoded(form, value);
    };
    for_each_field(n, sender, dropped, field_taker(write));
    return form;
}

} // namespace twilio_sms::detail
