#include "simulator/truth_page.hpp"
#include "simulator/reply_headers.hpp"
#include "simulator/summary_json.hpp"

namespace twilio_sms::detail::sim {
namespace {

constexpr std::string_view summary_path = "/__truth";
constexpr std::string_view messages_path = "/__truth/messages";

void answer_with(server::responder& to, unsigned status, std::string_view text)
{
    std::string body = "{\"error\":\"";
    body += text;
    body += "\"}\n";
    to.send({status, reason_phrase(status), "Content-Type: application/json\r\n"}, body);
}

void stream_messages(server::responder& to, std::shared_ptr<truth const> all)
{
    auto const epoch = all->epoch();
    auto next = [all = std::move(all), epoch, position = std::size_t(0)](std::string& out) mutable {
        return all->append_json_line(out, epoch, position++);
    };
    to.stream({200, "OK", "Content-Type: application/x-ndjson\r\n"}, std::move(next));
}

} // namespace

bool is_truth_path(std::string_view path) noexcept
{
    return path.starts_with(summary_path);
}

void answer_truth_request(server::request const& r, server::responder to, std::shared_ptr<truth const> all,
                          std::function<void()> const& reset)
{
    if (!r.from_loopback())
        return answer_with(to, 403, "the truth is told to loopback clients only");
    bool const reads = r.method() == "GET" || r.method() == "HEAD";
    if (r.path() == summary_path && reads) {
        std::string body;
        append_summary_json(body, all->summary());
        body += '\n';
        to.send({200, "OK", "Content-Type: application/json\r\n"}, body);
    } else if (r.path() == summary_path && r.method() == "DELETE") {
        reset();
        to.send({204, "No Content", {}}, {});
    } else if (r.path() == messages_path && reads) {
        stream_messages(to, std::move(all));
    } else if (r.path() == summary_path || r.path() == messages_path) {
        answer_with(to, 405, "use GET, or DELETE on /__truth to forget everything");
    } else {
        answer_with(to, 404, "there are /__truth and /__truth/messages");
    }
}

} // namespace twilio_sms::detail::sim
