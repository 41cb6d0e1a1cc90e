// Whether what a server says repeats what it was told.
#pragma once
#include <string_view>

namespace twilio_sms::detail {

/// True when `said` holds 12 bytes in a row of `ours`, or all of it when it is shorter. Of fewer than 8 bytes nothing
/// is recognised: words that short are in every sentence.
bool quotes(std::string_view said, std::string_view ours) noexcept;

} // namespace twilio_sms::detail
