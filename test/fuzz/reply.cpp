// Replies of HTTP servers. Input: a line of cuts, then what the server sends.
// - Cutting changes nothing: the same verdict, the same content, the same surplus.
// - Any body that is framed properly comes out as it went in.
// - A wire gives a reply only to a request that was handed over whole, and is reusable only when nothing is left over.
#include "net/reply_parser.hpp"
#include "net/wire.hpp"
#include "property.hpp"
#include <span>
#include <string>

using namespace twilio_sms::detail;
using fuzz::in_pieces;
using fuzz::require;
using status = reply_parser::status;

namespace {

std::span<char const> bytes(std::string_view text)
{
    return text;
}

void check_bounds(reply_parser const& p)
{
    require(p.body().size() <= reply_parser::max_body, "the body is bounded");
    require(p.retry_after().size() <= 64, "Retry-After is bounded");
    require(p.request_id().size() <= 64, "the request id is bounded");
}

struct outcome {
    status last = status::need_more;
    bool surplus = false;
};

outcome parse(reply_parser& p, std::string_view stream, std::string_view cuts)
{
    outcome o;
    auto const left = in_pieces(stream, cuts, [&](std::string_view piece) {
        o.last = p.put(bytes(piece));
        check_bounds(p);
        return o.last == status::need_more;
    });
    if (o.last == status::need_more)
        o.last = p.end_of_stream();
    o.surplus = o.last == status::done && (p.has_surplus() || !left.empty());
    return o;
}

void check_same(std::string_view stream, std::string_view cuts)
{
    reply_parser whole, cut;
    auto const a = parse(whole, stream, {});
    auto const b = parse(cut, stream, cuts);
    require((a.last == status::done) == (b.last == status::done), "cutting does not change whether there is a reply");
    if (a.last != status::done)
        return;
    require(whole.http_status() >= 200 && whole.http_status() <= 999, "a reply has a final status");
    require(whole.http_status() == cut.http_status(), "cutting does not change the status");
    require(whole.body() == cut.body(), "cutting does not change the body");
    require(whole.retry_after() == cut.retry_after(), "cutting does not change Retry-After");
    require(whole.date() == cut.date(), "cutting does not change Date");
    require(whole.request_id() == cut.request_id(), "cutting does not change the request id");
    require(whole.keep_alive() == cut.keep_alive(), "cutting does not change whether the connection stays");
    require(a.surplus == b.surplus, "cutting does not hide a surplus");
}

// Also in single bytes: then no head is there in one piece, so Beast's parser reads what common_head.cpp would have
// read.
void check_cutting(std::string_view stream, std::string_view cuts)
{
    if (stream.size() > reply_parser::max_head) // what is too large is found sooner in pieces
        return;
    check_same(stream, cuts);
    check_same(stream, "!");
}

void check_framing(std::string_view body, std::string_view cuts)
{
    std::string declared = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    declared += body;
    std::string chunked = "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n";
    in_pieces(body, cuts, [&](std::string_view piece) {
        char size[16];
        chunked.append(size, static_cast<std::size_t>(std::snprintf(size, sizeof size, "%zx\r\n", piece.size())));
        chunked.append(piece).append("\r\n");
        return true;
    });
    chunked += "0\r\n\r\n";

    reply_parser p;
    auto const with_length = parse(p, declared, cuts);
    require(with_length.last == status::done && p.body() == body, "a body with its length comes out as it went in");
    require(!with_length.surplus && p.keep_alive(), "and nothing is left over");
    p.restart();
    auto const in_chunks = parse(p, chunked, cuts);
    require(in_chunks.last == status::done && p.body() == body, "a chunked body comes out as it went in");
    require(!in_chunks.surplus && p.http_status() == 201, "and nothing is left over, also after a restart");
}

void check_wire(std::string_view stream, std::string_view cuts)
{
    constexpr std::string_view request = "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\na=";
    auto w = wire::plain();
    w.start(request);
    w.consumed(w.output().size());
    bool more_came = false; // after the reply
    in_pieces(stream, cuts, [&](std::string_view piece) {
        more_came = w.now() == wire::state::replied;
        w.received(bytes(piece));
        return w.now() != wire::state::failed && !more_came;
    });
    require(w.request_handover() == handover::whole, "a reply takes back nothing of the request");
    require((w.now() == wire::state::failed) == (w.why() != breakdown::none),
            "a failure has a reason, nothing else has");
    require(!w.reusable() || (w.now() == wire::state::replied && !more_came && !w.reply().has_surplus()),
            "only a connection with nothing left over is used again");
    if (w.reusable()) {
        w.start(request);
        require(w.reply().http_status() == 0 && w.reply().body().empty(), "the next request starts without a reply");
        w.end_of_stream();
        require(w.now() == wire::state::failed && w.why() == breakdown::connection_lost,
                "silence and an end are no reply to the next request");
    }

    auto early = wire::plain();
    early.start(request);
    early.consumed(request.size() - 1);
    early.received(bytes(stream));
    require(stream.empty() || (early.why() == breakdown::early_reply && early.request_handover() == handover::some),
            "nothing answers a request that is not handed over whole");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    fuzz::input in(data, size);
    auto const cuts = in.line();
    check_cutting(in.rest(), cuts);
    check_framing(in.rest(), cuts);
    check_wire(in.rest(), cuts);
    return 0;
}
