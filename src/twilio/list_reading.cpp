#include "twilio/list_reading.hpp"
#include "twilio/create_form.hpp"
#include "twilio/paging.hpp"
#include <algorithm>
#include <utility>

namespace twilio_sms::detail {
namespace {

std::string first_page(std::string_view messages_path, std::string_view to)
{
    std::string target(messages_path);
    target += "?To=";
    append_form_encoded(target, to);
    target += "&PageSize=" + std::to_string(list_reading::page_size);
    return target;
}

} // namespace

list_reading::list_reading(std::string_view messages_path, std::string_view to)
    : path_(messages_path), first_target_(first_page(messages_path, to)), target_(first_target_)
{}

list_reading::state list_reading::take(list_page page, std::chrono::sys_seconds oldest)
{
    ++pages_;
    // The order is newest first, though not to the second: a page is passed only when all of it is too old.
    auto const too_old = [&](listed_message const& m) { return m.date_created && *m.date_created < oldest; };
    bool const all_too_old = !page.messages.empty() && std::ranges::all_of(page.messages, too_old);
    for (auto& m : page.messages)
        if (!too_old(m) && seen_.insert(m.sid).second)
            messages_.push_back(std::move(m));
    if (page.next.empty() || all_too_old)
        return end_reading();
    if (!leads_on(page.next, path_) || pages_ == most_pages)
        return state::failed;
    target_ = std::move(page.next);
    return state::more;
}

list_reading::state list_reading::end_reading()
{
    bool const came_to_rest = pages_ == 1 || (readings_ > 0 && seen_ == seen_before_);
    if (came_to_rest)
        return state::complete;
    if (++readings_ == most_readings)
        return state::failed;
    seen_before_ = std::exchange(seen_, {});
    messages_.clear();
    pages_ = 0;
    target_ = first_target_;
    return state::more;
}

} // namespace twilio_sms::detail
