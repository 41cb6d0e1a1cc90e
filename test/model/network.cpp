#include "network.hpp"
#include "simulator/reply_headers.hpp"
#include "twilio/sent_message.hpp"
#include <algorithm>
#include <array>
#include <boost/asio/error.hpp>
#include <cstring>

namespace twilio_sms::test {
namespace {

constexpr sim::time_point world_begin{milliseconds(1'700'000'000'000)};
constexpr milliseconds way{1};                // of bytes, one way
constexpr std::size_t shortest_request = 200; // what is shorter is TLS's own
constexpr std::size_t one_tls_record = SSL3_RT_MAX_PLAIN_LENGTH;

// `fields` holds the form, or for a list the target.
void describe(request_record& r, std::string_view method, std::string_view fields)
{
    r.creates = method.starts_with("POST");
    auto const value_of = [&](std::string_view name) {
        auto const at = fields.find(name);
        if (at == std::string_view::npos)
            return std::string();
        auto const value = fields.substr(at + name.size(), fields.find('&', at) - at - name.size());
        auto const form = detail::recognisable("Body=" + std::string(value));
        return form ? form->text : std::string();
    };
    r.to = value_of("To=");
    r.text = r.creates ? value_of("Body=") : std::string();
}

std::string bytes_of(gateway_answer const& a)
{
    if (!a.bytes.empty())
        return a.bytes;
    return "HTTP/1.1 " + std::to_string(a.status) + " X\r\n" + a.fields +
           "Content-Length: " + std::to_string(a.body.size()) + "\r\n\r\n" + a.body;
}

} // namespace

// A restatement of the promise, kept apart from the code that it judges.
evidence_of_request request_record::evidence() const noexcept
{
    using enum evidence_of_request;
    if (!whole())
        return handed_over == 0 || (tls && one_record) ? not_taken : none;
    if (!reply_read || !readable)
        return none;
    if (status >= 200 && status < 300)
        return has_sid ? taken : none;
    return status >= 300 && status < 500 && status != 408 ? not_taken : none;
}

network::~network()
{
    drop_all();
    for (auto* const c : std::set<connection*>(connections_))
        c->forget_handlers();
}

sim::time_point network::world_time() const
{
    return world_begin + std::chrono::floor<milliseconds>(now - steady_time(std::chrono::hours(1)));
}

std::string network::reply_bytes(sim::answer const& a)
{
    std::string headers, bytes;
    sim::append_reply_headers(headers, a, request_ids_, replies_++, milliseconds(0));
    detail::server::append_response(bytes,
                                    date_.at(std::chrono::floor<std::chrono::seconds>(world_time() + clock_skew)),
                                    {a.status, sim::reason_phrase(a.status), headers, clock_skew}, a.body, {});
    return bytes;
}

void network::note_moment()
{
    if (keeps_moments)
        moments.insert(now);
}

connection::connection(network& n) : net_(n)
{
    net_.connections_.insert(this);
}

connection::~connection()
{
    net_.connections_.erase(this);
}

void connection::forget_handlers()
{
    std::exchange(reader_, nullptr);
    std::exchange(writer_, nullptr);
    std::exchange(connector_, nullptr);
}

// ---- the client's socket ----

void connection::connect(done handler)
{
    opening_ = net_.on_connect();
    net_.note_moment();
    connector_ = std::move(handler);
    if (opening_.what == opening_plan::kind::swallowed)
        return;
    auto* const context =
        opening_.what == opening_plan::kind::wrong_certificate ? net_.untrusted_context : net_.server_context;
    if (context)
        tls_.emplace(detail::tls_engine::server(context));
    net_.at(net_.now + way, [self = shared_from_this()](error_code) {
        error_code ec;
        if (self->opening_.what == opening_plan::kind::refused)
            ec = asio::error::connection_refused;
        else if (self->opening_.what == opening_plan::kind::broken && !self->tls_)
            self->end(self->opening_.how);
        if (auto const tell = std::exchange(self->connector_, nullptr))
            tell(ec, 0);
    });
}

std::size_t connection::read(std::span<char> into, error_code& ec)
{
    if (reset_)
        return ec = asio::error::connection_reset, 0;
    if (to_client_.empty())
        return ec = ended_ ? error_code(asio::error::eof) : error_code(asio::error::would_block), 0;
    auto const n = std::min(into.size(), to_client_.size());
    std::memcpy(into.data(), to_client_.data(), n);
    to_client_.erase(0, n);
    read_ += n;
    if (reply_end_ && read_ >= *reply_end_ && record_ && !record_->reply_read) {
        record_->reply_read = true;
        record_->answered = net_.now;
    }
    return n;
}

void connection::wait_readable(std::span<char> into, done handler)
{
    read_into_ = into;
    reader_ = std::move(handler);
    tell_reader();
}

void connection::tell_reader()
{
    if (!reader_)
        return;
    error_code ec;
    auto const n = read(read_into_, ec);
    if (ec == asio::error::would_block)
        return;
    std::exchange(reader_, nullptr)(ec, n);
}

std::size_t connection::write(std::span<char const> bytes, error_code& ec)
{
    if (reset_ || (ended_ && !under_way_))
        return ec = asio::error::broken_pipe, 0;
    bool const is_tls_only = !under_way_ && bytes.size() < shortest_request;
    if (tls_ && (!shaken_ || is_tls_only)) {
        take(bytes);
        return bytes.size();
    }
    if (!under_way_)
        begin_request(bytes);
    auto const n = std::min(bytes.size(), room_);
    room_ -= n;
    record_->handed_over += n;
    if (n > 0)
        record_->last_byte = net_.now;
    if (n < bytes.size()) {
        if (plan_.early)
            answer(bytes_of(plan_.instead), plan_.instead.status, plan_.instead.has_sid);
        else if (plan_.how != manner::stall)
            end(plan_.how);
        ec = plan_.how == manner::reset ? asio::error::connection_reset : asio::error::would_block;
    }
    if (n > 0)
        take(bytes.first(n));
    return n;
}

void connection::cancel()
{
    error_code const aborted = asio::error::operation_aborted;
    for (auto* const waiting : {&reader_, &writer_, &connector_})
        if (auto const tell = std::exchange(*waiting, nullptr))
            tell(aborted, 0);
}

// ---- the way there ----

void connection::begin_request(std::span<char const> offered)
{
    std::string_view const text(offered.data(), offered.size());
    record_ = std::make_shared<request_record>();
    record_->offered = offered.size();
    record_->begun = record_->last_byte = net_.now;
    record_->tls = tls_.has_value();
    record_->one_record = offered.size() <= one_tls_record;
    if (!tls_)
        describe(*record_, text, text.starts_with("POST") ? text.substr(text.find("\r\n\r\n") + 4) : text);
    net_.requests.push_back(record_);
    net_.note_moment();
    plan_ = net_.on_request(*record_);
    under_way_ = true;
    reply_end_.reset();
    auto const share = static_cast<std::size_t>(plan_.takes * static_cast<double>(offered.size()));
    room_ = plan_.takes < 1 ? std::min(share, offered.size() - 1) : std::string::npos;
}

void connection::take(std::span<char const> bytes)
{
    if (!tls_)
        return parse({bytes.data(), bytes.size()});
    tls_->received(bytes);
    if (!shaken_)
        return shake_hands();
    decrypt();
}

void connection::shake_hands()
{
    if (opening_.what == opening_plan::kind::broken)
        return end(opening_.how);
    if (opening_.what == opening_plan::kind::nonsense) {
        to_client_ += "SSH-2.0-nonsense\r\n";
        return tell_reader();
    }
    tls_->handshake();
    append({});
    // The client's last flight goes with its first request: to the network both are one.
    shaken_ = opening_.what != opening_plan::kind::wrong_certificate && !to_client_.empty();
    net_.note_moment();
    tell_reader();
}

void connection::decrypt()
{
    if (tls_->handshake() != detail::tls_engine::status::ok)
        return;
    std::array<char, one_tls_record> buffer;
    std::size_t size = 0;
    while (tls_->read(buffer, size) == detail::tls_engine::status::ok)
        parse({buffer.data(), size});
}

void connection::parse(std::string_view plain)
{
    while (!plain.empty()) {
        std::size_t used = 0;
        auto const status = parser_.feed(plain, used);
        plain.remove_prefix(used);
        if (status != detail::server::request_parser::status::complete)
            return;
        auto const& r = parser_.get();
        describe(*record_, r.method(), r.method() == "POST" ? r.body() : r.target());
        under_way_ = false;
        if (plan_.reaches_twilio)
            reach_twilio(r);
        else if (plan_.instead.status != 0 || !plan_.instead.bytes.empty())
            net_.at(net_.now + way + plan_.to_client, [self = shared_from_this()](error_code) {
                auto const& a = self->plan_.instead;
                self->answer(bytes_of(a), a.status, a.has_sid);
            });
        if (plan_.breaks_at_once || (!plan_.reaches_twilio && plan_.instead.status == 0 && plan_.instead.bytes.empty()))
            if (plan_.how != manner::stall)
                net_.at(net_.now + way, [self = shared_from_this()](error_code) { self->end(self->plan_.how); });
        parser_.next();
    }
}

// ---- Twilio ----

void connection::reach_twilio(detail::server::request const& r)
{
    struct copy { // what the parser holds goes with the next request
        std::string method, path, authorization, type, body, query;
    };
    auto const query = r.target().substr(std::min(r.path().size() + 1, r.target().size()));
    auto const kept = std::make_shared<copy>(
        copy{std::string(r.method()), std::string(r.path()), std::string(r.header("Authorization")),
             std::string(r.header("Content-Type")), std::string(r.body()), std::string(query)});
    net_.at(net_.now + way + plan_.to_twilio, [self = shared_from_this(), kept, record = record_](error_code) {
        record->reached_twilio = self->net_.now;
        self->net_.note_moment();
        auto const a = self->net_.twilio.handle(
            {kept->method, kept->path, kept->authorization, kept->type, kept->body, kept->query},
            self->net_.world_time());
        self->net_.at(self->net_.now + way + self->plan_.to_client, [self, a](error_code) {
            self->net_.twilio.finished(a, !self->ended_ && !self->reset_);
            self->deliver(a);
        });
    });
}

void connection::deliver(sim::answer const& a)
{
    net_.note_moment();
    if (plan_.instead.status != 0 || !plan_.instead.bytes.empty())
        return answer(bytes_of(plan_.instead), plan_.instead.status, plan_.instead.has_sid);
    bool const says_sid = a.status == 201 && a.message.has_value();
    bool const lists = a.status == 200 && a.body.ends_with("]}");
    switch (a.what) {
    case sim::deed::send: return answer(net_.reply_bytes(a), static_cast<int>(a.status), says_sid || lists);
    case sim::deed::cut: {
        auto const whole = net_.reply_bytes(a);
        auto const share = static_cast<std::size_t>(a.cut * static_cast<double>(whole.size()));
        append(std::string_view(whole).substr(0, std::clamp<std::size_t>(share, 1, whole.size() - 1)));
        tell_reader();
        return end(manner::close);
    }
    case sim::deed::close: return end(manner::close);
    case sim::deed::reset: return end(manner::reset);
    case sim::deed::stall: return;
    }
}

// ---- the way back ----

void connection::answer(std::string const& reply, int status, bool has_sid)
{
    if (ended_ || reset_ || plan_.breaks_at_once)
        return;
    record_->status = status;
    record_->has_sid = has_sid;
    record_->readable = status != 0;
    auto const head = reply.find("\r\n\r\n");
    std::size_t size = reply.size();
    switch (plan_.delivers) {
    case request_plan::part::nothing: size = 0; break;
    case request_plan::part::head: size = head / 2; break;
    case request_plan::part::body: size = head + 4 + (reply.size() - head - 4) / 2; break;
    case request_plan::part::whole: break;
    }
    append(std::string_view(reply).substr(0, size));
    if (size == reply.size())
        reply_end_ = sent_;
    append(size == reply.size() ? std::string_view(plan_.surplus) : std::string_view());
    tell_reader(); // before the end: a reset takes back what was not read
    if (size < reply.size())
        end(plan_.how);
    else if (plan_.in_the_end)
        end(*plan_.in_the_end);
}

// Puts plain text on its way; with TLS also what the engine itself has to say.
void connection::append(std::string_view plain)
{
    if (tls_) {
        if (!plain.empty())
            tls_->write(plain);
        auto const out = tls_->output();
        to_client_.append(out.data(), out.size());
        sent_ += out.size();
        tls_->consumed(out.size());
    } else {
        to_client_ += plain;
        sent_ += plain.size();
    }
}

void connection::end(manner how)
{
    net_.note_moment();
    switch (how) {
    case manner::stall: return;
    case manner::close:
        if (tls_ && shaken_ && tls_->handshake() == detail::tls_engine::status::ok) {
            tls_->shutdown();
            append({});
        }
        ended_ = true;
        break;
    case manner::reset: reset_ = true; break;
    }
    tell_reader();
}

} // namespace twilio_sms::test
