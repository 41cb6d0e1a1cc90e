// What lies below a message: Media.json, Media/{Sid}.json and Feedback.json
#include "simulator/api.hpp"
#include "simulator/json_text.hpp"
#include "simulator/message_json.hpp"
#include "simulator/timestamp.hpp"
#include <algorithm>
#include <cctype>
#include <utility>

namespace twilio_sms::detail::sim {
namespace {

constexpr std::string_view media_list_part = "/Media.json";
constexpr std::string_view media_part = "/Media/";
constexpr std::string_view feedback_part = "/Feedback.json";
constexpr std::string_view json_suffix = ".json";
constexpr std::string_view page_after = "PA"; // before the SID of the medium that the page comes after

std::string_view url_of(message_view const& m, unsigned index) noexcept
{
    auto urls = m.media;
    for (; index > 0; --index)
        urls.remove_prefix(urls.find('\n') + 1);
    return urls.substr(0, urls.find('\n'));
}

// Twilio would look at the file; here its name must do.
std::string_view content_type_of(std::string_view url)
{
    static constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".png", "image/png"},  {".gif", "image/gif"},       {".mp4", "video/mp4"},
        {".mp3", "audio/mpeg"}, {".pdf", "application/pdf"}, {".vcf", "text/vcard"},
    };
    std::string name(url.substr(0, url.find_first_of("?#")));
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    auto const found = std::ranges::find_if(types, [&](auto const& type) { return name.ends_with(type.first); });
    return found == std::end(types) ? "image/jpeg" : found->second;
}

std::string path_below(message_view const& m, std::string_view sid, std::string_view part)
{
    return "/2010-04-01/Accounts/" + std::string(m.account_sid) + "/Messages/" + std::string(sid) + std::string(part);
}

void append_dates(std::string& out, std::chrono::sys_seconds created, std::chrono::sys_seconds updated)
{
    out += "\"date_created\": \"";
    append_rfc2822(out, created);
    out += "\", \"date_updated\": \"";
    append_rfc2822(out, updated);
    out += '"';
}

void append_media_json(std::string& out, message_view const& m, std::string_view message_sid,
                       std::string_view media_sid, unsigned index, std::chrono::sys_seconds created)
{
    out.append("{\"sid\": \"").append(media_sid).append("\", \"account_sid\": \"").append(m.account_sid);
    out.append("\", \"parent_sid\": \"").append(message_sid).append("\", \"content_type\": \"");
    out.append(content_type_of(url_of(m, index))).append("\", ");
    append_dates(out, created, created);
    out.append(", \"uri\": \"").append(path_below(m, message_sid, media_part)).append(media_sid).append(".json\"}");
}

} // namespace

answer api::answer_below(message_view const& m, std::string_view part, api_request const& r, account_state& account,
                         time_point now)
{
    if (part == media_list_part)
        return r.method == "GET" ? list_media(m, r, account, now) : refusal(wrong_method);
    if (part == feedback_part)
        return r.method == "POST" ? give_feedback(m, r, now) : refusal(wrong_method);
    if (!part.starts_with(media_part))
        return refusal(not_found(r.path));
    auto const media_sid = part.substr(media_part.size(), part.size() - media_part.size() - json_suffix.size());
    auto const index = truth_->media_index(m, media_sid);
    if (!index)
        return refusal(not_found(r.path));
    answer a;
    if (r.method == "DELETE") {
        truth_->set_media_removed(m.number, *index);
        a.status = 204;
    } else if (r.method == "GET") {
        std::string sid;
        truth_->append_sid(sid, m.number, m);
        auto const created = present(m, account.settings, options_, now, shown_text_).created;
        append_media_json(a.body, m, sid, media_sid, *index, created);
    } else {
        return refusal(wrong_method);
    }
    return a;
}

answer api::list_media(message_view const& m, api_request const& r, account_state& account, time_point now)
{
    list_query q;
    if (auto const error = read_list_query(r.query, form_text_, q))
        return refusal(*error);
    unsigned index = 0;
    if (!q.page_token.empty()) {
        auto const last = q.page_token.starts_with(page_after)
                              ? truth_->media_index(m, q.page_token.substr(page_after.size()))
                              : std::nullopt;
        if (!last)
            return refusal({400, 21481, "Invalid PageToken"});
        index = *last + 1;
    }
    std::string sid;
    truth_->append_sid(sid, m.number, m);
    auto const created = present(m, account.settings, options_, now, shown_text_).created;
    std::string items, last;
    std::size_t count = 0;
    bool has_next = false;
    for (; index < m.media_count && !has_next; ++index) {
        if ((m.removed_media >> index & 1u) != 0)
            continue;
        if (count == q.page_size) {
            has_next = true;
            break;
        }
        last.clear();
        truth_->append_media_sid(last, m.number, index);
        if (count++ != 0)
            items += ", ";
        append_media_json(items, m, sid, last, index, created);
    }

    std::size_t const number = q.page_token.empty() ? 0 : q.page;
    std::string const base =
        path_below(m, sid, media_list_part) + "?PageSize=" + std::to_string(q.page_size) + "&Page=";
    answer a;
    auto& out = a.body;
    out += "{\"start\": " + std::to_string(number * q.page_size);
    out += ", \"end\": " + std::to_string(number * q.page_size + std::max<std::size_t>(count, 1) - 1);
    out += ", \"page\": " + std::to_string(number) + ", \"page_size\": " + std::to_string(q.page_size);
    out += ", \"first_page_uri\": \"" + base + "0\", \"previous_page_uri\": null, \"next_page_uri\": ";
    append_json_string_or_null(
        out, has_next ? base + std::to_string(number + 1) + "&PageToken=" + std::string(page_after) + last : "");
    out += ", \"uri\": ";
    append_json_string(out, base + std::to_string(number));
    out += ", \"media_list\": [" + items + "]}";
    return a;
}

answer api::give_feedback(message_view const& m, api_request const& r, time_point now)
{
    std::string_view said;
    bool const readable = decode_feedback_form(r.body, form_text_, said);
    auto const outcome = said == "confirmed"     ? feedback_outcome::confirmed
                         : said == "unconfirmed" ? feedback_outcome::unconfirmed
                                                 : feedback_outcome::none;
    if (!readable || outcome == feedback_outcome::none)
        return refusal({422, 20422, "Invalid Parameter: Outcome must be confirmed or unconfirmed"});
    truth_->set_feedback(m.number, outcome);
    std::string sid;
    truth_->append_sid(sid, m.number, m);
    auto const shown = std::chrono::floor<std::chrono::seconds>(now + options_.clock_skew);
    answer a;
    a.body.append("{\"account_sid\": \"").append(m.account_sid).append("\", \"message_sid\": \"").append(sid);
    a.body.append("\", \"outcome\": \"").append(to_string(outcome)).append("\", ");
    append_dates(a.body, shown, shown);
    a.body.append(", \"uri\": \"").append(path_below(m, sid, feedback_part)).append("\"}");
    return a;
}

} // namespace twilio_sms::detail::sim
