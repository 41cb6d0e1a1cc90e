// One message's end as a line of JSON.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <twilio_sms/error.hpp>
#include <twilio_sms/receipt.hpp>

namespace twilio_sms::campaign {

/// `{"fate","condition","sid","status","twilio_code","http_status","attempts","message"}`, null where there is nothing
/// to say. Without a line end. No message text and no phone number.
std::string outcome_json(result<receipt> const& outcome);

/// The same behind `"row"` and `"to"`, with the number in full: the results file is the user's own data.
std::string result_line(std::uint64_t row, std::string_view to, result<receipt> const& outcome);

/// `{"row","to","fate":"skipped","reason"}`.
std::string skipped_line(std::uint64_t row, std::string_view to, std::string_view reason);

} // namespace twilio_sms::campaign
