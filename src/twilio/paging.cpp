#include "twilio/paging.hpp"
#include "core/control_characters.hpp"
#include "core/utf8.hpp"
#include "twilio/create_form.hpp"
#include "twilio/form_decode.hpp"
#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace twilio_sms::detail {
namespace {

constexpr std::size_t largest_page = 1000; // Twilio: 20007

void append_field(std::string& query, std::string_view name, std::string_view value)
{
    if (!query.empty())
        query += '&';
    query.append(name).append("=");
    append_form_encoded(query, value);
}

std::string iso8601(std::chrono::sys_days day)
{
    std::chrono::year_month_day const d(day);
    std::array<char, 32> text;
    auto const size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(d.year()),
                                    static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string iso8601(std::chrono::sys_seconds t)
{
    auto const day = std::chrono::floor<std::chrono::days>(t);
    auto const second = (t - day).count();
    std::array<char, 32> text;
    auto const size = std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ", static_cast<int>(second / 3600),
                                    static_cast<int>(second / 60 % 60), static_cast<int>(second % 60));
    return iso8601(day).append(text.data(), static_cast<std::size_t>(size));
}

std::string without_page_number(std::string_view uri)
{
    auto const begin = std::min(uri.find('?'), uri.size());
    std::string rest;
    for_each_form_field(uri.substr(begin), [&](std::string_view name, std::string_view value) {
        if (name != "Page" && name != "?Page")
            rest.append(name).append("=").append(value).append("&");
        return true;
    });
    return rest;
}

} // namespace

bool leads_on(std::string_view next, std::string_view path) noexcept
{
    return next.size() > path.size() && next.starts_with(path) && next[path.size()] == '?' &&
           std::ranges::all_of(next, [](char c) { return c > ' ' && c < 0x7f; });
}

std::string query_of(list_filter const& filter)
{
    std::string query;
    if (!filter.to.empty())
        append_field(query, "To", filter.to);
    if (!filter.from.empty())
        append_field(query, "From", filter.from);
    if (filter.sent_on)
        append_field(query, "DateSent", iso8601(*filter.sent_on));
    if (filter.sent_after)
        append_field(query, "DateSent%3E", iso8601(*filter.sent_after));
    if (filter.sent_before)
        append_field(query, "DateSent%3C", iso8601(*filter.sent_before));
    append_field(query, "PageSize", std::to_string(filter.page_size));
    return query;
}

std::string problem_of(list_filter const& filter)
{
    if (filter.page_size < 1 || filter.page_size > largest_page)
        return "page_size: is " + std::to_string(filter.page_size) + "; give a number from 1 to 1000";
    for (auto const& [name, value] : {std::pair("to", &filter.to), std::pair("from", &filter.from)})
        if (has_control_characters(*value) || !count_code_points(*value))
            return std::string(name) + ": holds a control character, or is not UTF-8; give a number or sender";
    return {};
}

paging::paging(std::string path, std::string_view query)
    : path_(std::move(path)), target_(path_ + '?' + std::string(query)), remembered_(without_page_number(target_))
{}

void paging::turn(std::string next)
{
    if (next.empty()) {
        now_ = state::ended;
        return;
    }
    if (!leads_on(next, path_)) {
        now_ = state::astray;
        return;
    }
    auto const page = without_page_number(next);
    if (page == remembered_) {
        now_ = state::circles;
        return;
    }
    if (++since_ == until_) {
        remembered_ = page;
        since_ = 0;
        until_ *= 2;
    }
    target_ = std::move(next);
}

} // namespace twilio_sms::detail
