// The query of a list request.
#pragma once
#include "simulator/api_error.hpp"
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace twilio_sms::detail::sim {

/// Empty means absent.
struct list_query {
    std::string_view to;
    std::string_view from;
    std::optional<std::chrono::sys_seconds> sent_from;   ///< not before
    std::optional<std::chrono::sys_seconds> sent_before; ///< and before
    std::size_t page_size = 50;
    std::size_t page = 0;
    std::string_view page_token;
};

/// Decodes a query, the part after '?'. The texts point into `storage`, which is replaced.
/// Nothing, or what is wrong with it: a page size not from 1 to 1000 (20007), a date that is none (20422).
std::optional<api_error> read_list_query(std::string_view query, std::string& storage, list_query& into);

/// Appends the filters of `query` as they were sent, each followed by '&': all but PageSize, Page and PageToken.
void append_filters(std::string& out, std::string_view query);

} // namespace twilio_sms::detail::sim
