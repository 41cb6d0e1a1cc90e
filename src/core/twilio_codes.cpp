#include "core/twilio_codes.hpp"
#include <algorithm>
#include <array>

namespace twilio_sms::detail {
namespace {

struct entry {
    int code;
    conditions meaning;
    std::string_view advice;
};

using enum condition;
constexpr std::string_view check_credentials =
    "check account_sid and auth_token or API key (console.twilio.com shows them; those of another region do not work)";
constexpr std::string_view check_sender = "use a sender of this account that can send SMS to this destination";
constexpr std::string_view check_service = "check messaging_service_sid and the senders in that service";
constexpr std::string_view drop_number = "remove this number from the list";

// Sorted by code.
constexpr std::array table{
    entry{20003, account, check_credentials},
    entry{20005, account, "the account is not active: add funds or finish its set-up in the console"},
    entry{20006, account, "access is denied: check the permissions of these credentials"},
    entry{20008, account, "test credentials cannot use this resource: use live credentials"},
    entry{20009, retryable, "the message is not in a final state yet: try again in a minute"},
    entry{20010, account, "this action is disabled for the account: ask Twilio support"},
    entry{20403, account, "the account is suspended or closed: see the console"},
    entry{20404, account, "check account_sid and base_url: Twilio has no such account or path"},
    entry{20429, conditions(throttled) | retryable, "too many requests at once: lower max_connections"},
    entry{21211, bad_recipient, "check the number: it must be E.164 and exist"},
    entry{21212, configuration, "check from: it is not a number, short code or alphanumeric sender ID"},
    entry{21214, bad_recipient, drop_number},
    entry{21217, bad_recipient, drop_number},
    entry{21265, bad_recipient, "short codes cannot receive: remove this number from the list"},
    entry{21266, bad_recipient, "recipient and sender are the same number"},
    entry{21267, account, "trial accounts cannot use alphanumeric senders"},
    entry{21268, bad_recipient, drop_number},
    entry{21408, account, "switch on this region under Messaging geographic permissions in the console"},
    entry{21601, configuration, check_sender},
    entry{21603, configuration, "set from_number or messaging_service_sid"},
    entry{21606, configuration, check_sender},
    entry{21608, conditions(account) | bad_recipient,
          "trial accounts send only to verified numbers: verify it or upgrade the account"},
    entry{21610, opted_out, "the recipient sent STOP: do not send until they send START"},
    entry{21611, queue_full, "the sender's queue is full: wait, or use more senders"},
    entry{21612, bad_recipient, "this sender cannot reach this number: use another sender"},
    entry{21614, bad_recipient, "not a mobile number: remove it from the list"},
    entry{21617, {}, "shorten the text to 1,600 characters"},
    entry{21620, {}, "media URLs must be public http or https URLs"},
    entry{21623, {}, "at most 10 media URLs"},
    entry{21635, bad_recipient, "a landline cannot receive SMS: remove it from the list"},
    entry{21659, configuration, check_sender},
    entry{21660, configuration, check_sender},
    entry{21661, configuration, check_sender},
    entry{21701, configuration, check_service},
    entry{21702, retryable, "the messaging service is not ready: try again later"},
    entry{21703, bad_recipient, "no sender of the service reaches this recipient"},
    entry{21704, configuration, check_service},
    entry{21705, configuration, check_service},
    entry{21711, configuration, check_service},
    entry{21910, configuration, "sender and recipient must be of the same channel"},
    entry{30409, {}, "only a message that is still scheduled can be cancelled"},
    entry{63007, configuration, "this sender has no such channel"},
    entry{63038, daily_limit, "the account's daily limit is reached: continue tomorrow"},
};
static_assert(std::ranges::is_sorted(table, {}, &entry::code));

entry const* find(int code) noexcept
{
    auto const at = std::ranges::lower_bound(table, code, {}, &entry::code);
    return at != table.end() && at->code == code ? &*at : nullptr;
}

} // namespace

conditions conditions_of_twilio_code(int code) noexcept
{
    auto const* e = find(code);
    return e ? e->meaning : conditions();
}

bool is_account_level(int code) noexcept
{
    // 20404 counts only with HTTP 404, and 21xxx are about the message; so a list of its own.
    switch (code) {
    case 20003:
    case 20005:
    case 20006:
    case 20008:
    case 20010:
    case 20403: return true;
    default: return false;
    }
}

std::string_view advice_for_twilio_code(int code) noexcept
{
    auto const* e = find(code);
    return e ? e->advice : std::string_view();
}

} // namespace twilio_sms::detail
