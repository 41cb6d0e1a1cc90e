// Reading all messages to one number, page by page, while others may be sending. Pure.
#pragma once
#include "twilio/list_page.hpp"
#include <chrono>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::detail {

/// One page is one look. Several are not: what happens between them shifts messages from page to page. So a list of
/// several pages is read until two readings in a row have shown the same messages.
class list_reading {
public:
    enum class state {
        more, ///< ask for `target()`
        complete,
        failed, ///< the list cannot be read, or does not come to rest
    };

    static constexpr int page_size = 50; ///< of the longest texts in \u escapes it stays below a reply's limit
    static constexpr std::size_t most_pages = 200;
    static constexpr int most_readings = 4;

    /// `messages_path` is that of the account's messages.
    list_reading(std::string_view messages_path, std::string_view to);

    /// Path and query to ask for.
    std::string const& target() const noexcept { return target_; }

    /// Only messages created at `oldest` or later matter.
    state take(list_page page, std::chrono::sys_seconds oldest);

    /// What the last reading showed; each message once. Precondition: `complete`.
    std::vector<listed_message> const& messages() const noexcept { return messages_; }

private:
    state end_reading();

    std::string const path_;
    std::string const first_target_;
    std::string target_;
    std::vector<listed_message> messages_;
    std::set<std::string> seen_, seen_before_; // SIDs of this reading and the one before
    std::size_t pages_ = 0;
    int readings_ = 0;
};

} // namespace twilio_sms::detail
