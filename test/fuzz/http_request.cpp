// Requests to the HTTP server. Input: a line of cuts, then what the client sends.
// - Cutting changes nothing: the same requests. (A refusal may come sooner when the request line came in one piece.)
// - The requests that the SDK writes are read back, one after the other on one connection.
#include "http_server/request_parser.hpp"
#include "property.hpp"
#include "twilio/request_writer.hpp"
#include <string>
#include <vector>

using namespace twilio_sms::detail;
using fuzz::require;
using parser = server::request_parser;

namespace {

struct seen {
    std::vector<std::string> requests;
    unsigned error_status = 0;
};

std::string described(server::request const& r)
{
    std::string text(r.method());
    text.append(1, '\0').append(r.target()).append(1, '\0').append(r.header("Authorization"));
    return text.append(1, '\0').append(r.header("content-type")).append(1, '\0').append(r.body());
}

seen read(std::string_view stream, std::string_view cuts)
{
    seen found;
    parser p;
    std::string unread;
    fuzz::in_pieces(stream, cuts, [&](std::string_view piece) {
        unread += piece;
        for (;;) {
            std::size_t used = 0;
            auto const status = p.feed(unread, used);
            require(used <= unread.size(), "no more is used than there is");
            unread.erase(0, used);
            require(p.get().body().size() <= server::max_request_body, "a body is bounded");
            if (status == parser::status::failed) {
                found.error_status = p.error_status();
                require(found.error_status == 400 || found.error_status == 413 || found.error_status == 431,
                        "a refusal has its status");
                return false;
            }
            if (status == parser::status::need_more)
                return true;
            require(!p.get().method().empty() && !p.get().target().empty(), "a request says what it wants");
            require(p.get().target().starts_with(p.get().path()), "the path is part of the target");
            found.requests.push_back(described(p.get()));
            p.next();
        }
    });
    return found;
}

void check_cutting(std::string_view stream, std::string_view cuts)
{
    auto const whole = read(stream, {});
    auto const cut = read(stream, cuts);
    require(whole.requests == cut.requests, "cutting does not change the requests");
}

void check_own(std::string_view body, std::string_view cuts)
{
    request_writer const writer({"localhost:1", "", "AC00000000000000000000000000000000", "user", "token"});
    secret_string created, listed;
    writer.write_create(created, body);
    writer.write(listed, "GET", "/2010-04-01/Accounts?To=1");
    std::string const first{std::string_view(created)}, second{std::string_view(listed)};
    auto const found = read(first + second + first, cuts);
    require(found.requests.size() == 3 && found.error_status == 0, "our own requests are read");
    require(found.requests[0] == found.requests[2], "each request is read for itself");
    auto const tail = "application/x-www-form-urlencoded" + std::string(1, '\0') + std::string(body);
    require(found.requests[0].starts_with("POST") && found.requests[0].ends_with(tail), "the form is read back");
    require(found.requests[1].starts_with("GET") && found.requests[1].ends_with('\0'), "a GET has no body");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::input in(data, size);
    auto const cuts = in.line();
    check_cutting(in.rest(), cuts);
    check_own(in.rest(), cuts);
    return 0;
}
