// From page to page of a list, and never anywhere else. Pure.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <twilio_sms/messages.hpp>

namespace twilio_sms::detail {

/// True when this is the path of the list itself with another query: credentials go nowhere else.
bool leads_on(std::string_view next, std::string_view path) noexcept;

/// The query of a list's first page, without the '?'.
std::string query_of(list_filter const& filter);

/// What is wrong with a filter and how to fix it; "" when nothing is.
std::string problem_of(list_filter const& filter);

class paging {
public:
    enum class state {
        more,    ///< ask for `target()`
        ended,   ///< the page was the last one
        astray,  ///< the next page is not one of this list
        circles, ///< the next page was read before
    };

    /// `path` is the list's, "/2010-04-01/Accounts/.../Messages.json".
    paging(std::string path, std::string_view query);

    state now() const noexcept { return now_; }

    /// Path and query to ask for.
    std::string const& target() const noexcept { return target_; }
    std::string const& path() const noexcept { return path_; }

    /// What a page says about the one that follows; "" when none does.
    void turn(std::string next);

private:
    std::string path_;
    std::string target_;
    state now_ = state::more;

    // However long the list, one page is remembered: a later one each time twice as many have been read (Brent's way
    // to find a cycle). The page number, a label that the list may count up for ever, does not count.
    std::string remembered_;
    std::size_t since_ = 0, until_ = 1;
};

} // namespace twilio_sms::detail
