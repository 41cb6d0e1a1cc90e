// Forms. Input: taken as a form, as a value, and line by line as the fields of a notification.
// - What the client encodes, the decoders read back, byte for byte; the simulator refuses only what is not UTF-8.
// - A form has only the characters that forms may have. Decoding never writes more than it read.
#include "simulator/form.hpp"
#include "core/utf8.hpp"
#include "property.hpp"
#include "twilio/create_form.hpp"
#include "twilio/form_decode.hpp"
#include <string>

using namespace twilio_sms::detail;
using fuzz::require;

namespace {

bool decode(std::string_view encoded, std::string& value)
{
    value.resize(encoded.size());
    char* to = value.data();
    std::string_view out;
    if (!decode_form_value(encoded, to, out))
        return false;
    require(out.size() <= encoded.size(), "decoding never makes it longer");
    value = std::string(out);
    return true;
}

void check_value(std::string_view value)
{
    std::string encoded, again;
    append_form_encoded(encoded, value);
    require(encoded.size() <= 3 * value.size(), "a byte takes at most three");
    for (char const c : encoded)
        require((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                    std::string_view("-_.*+%").find(c) != std::string_view::npos,
                "a form holds only what forms may hold");
    require(decode(encoded, again) && again == value, "a value is read back");
    if (decode(value, again)) { // taken as an encoded value, whoever encoded it
        encoded.clear();
        append_form_encoded(encoded, again);
        std::string twice;
        require(decode(encoded, twice) && twice == again, "what was decoded can be encoded again");
    }
}

void check_any_form(std::string_view form)
{
    std::string storage;
    sim::create_parameters p;
    if (!sim::decode_create_form(form, storage, p))
        return;
    std::size_t total = p.to.size() + p.from.size() + p.body.size() + p.status_callback.size() + p.send_at.size();
    for (auto const url : p.media_urls) {
        require(!url.empty(), "an empty parameter is absent");
        total += url.size();
    }
    require(total <= form.size(), "decoding never makes it longer");
    for (auto const text : {p.to, p.from, p.body, p.status_callback, p.content_variables})
        require(count_code_points(text).has_value(), "what is decoded is UTF-8");
}

void check_notification(fuzz::input in)
{
    twilio_sms::notification n;
    n.to = in.line();
    n.from = in.line();
    n.text = in.line();
    n.status_callback = in.line();
    n.content_sid = in.line();
    n.content_variables = in.line();
    bool utf8 = true;
    for (auto const* text : {&n.to, &n.from, &n.text, &n.status_callback, &n.content_sid, &n.content_variables})
        utf8 = utf8 && count_code_points(*text).has_value();
    while (!in.rest().empty()) {
        n.media_urls.emplace_back(in.line());
        utf8 = utf8 && count_code_points(n.media_urls.back()).has_value();
    }
    default_sender const sender{"+15550001111", {}};
    auto const form = encode_create_form(n, sender, {});

    std::string storage;
    sim::create_parameters p;
    require(sim::decode_create_form(form, storage, p) == utf8, "the simulator reads UTF-8 and nothing else");
    if (!utf8)
        return;
    require(p.to == n.to && p.body == n.text, "recipient and text are read back");
    require(p.from == (n.from.empty() ? sender.from_number : n.from), "the sender is read back");
    require(p.status_callback == n.status_callback && p.content_sid == n.content_sid &&
                p.content_variables == n.content_variables,
            "the other parameters are read back");
    std::erase(n.media_urls, "");
    require(std::ranges::equal(p.media_urls, n.media_urls), "the media are read back, in order");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::input const in(data, size);
    check_value(in.rest());
    check_any_form(in.rest());
    check_notification(in);
    return 0;
}
