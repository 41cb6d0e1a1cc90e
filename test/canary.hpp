// Values that must never show up in any output: tests send with them, test/gates/no-secrets.sh looks for them.
#pragma once
#include <string_view>

namespace test {

inline constexpr std::string_view canary_token = "f00dcafef00dcafef00dcafef00dcafe"; ///< as auth token
inline constexpr std::string_view canary_text = "CANARY-TEXT-zebra-7391";            ///< in message texts
inline constexpr std::string_view canary_number = "+15550107391";                    ///< as recipient

} // namespace test
