// The way between a provider and the simulator's Twilio, in memory and in virtual time, and what goes wrong on it.
#pragma once
#include "dispatcher/virtual_clock.hpp"
#include "http_server/request_parser.hpp"
#include "http_server/response.hpp"
#include "net/tls_engine.hpp"
#include "simulator/api.hpp"
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twilio_sms::test {

namespace sim = detail::sim;
using std::chrono::milliseconds;

enum class lookup_plan { works, fails, hangs }; // one that hangs ends well after 7 s

/// How a connection ends, or does not.
enum class manner { close, reset, stall };

struct opening_plan {
    enum class kind {
        works,
        refused,
        swallowed,         ///< no answer at all
        broken,            ///< connected, then `how` in place of a handshake
        nonsense,          ///< another protocol answers
        wrong_certificate, ///< one that is not trusted
    } what = kind::works;
    manner how = manner::close;
};

/// An answer of what stands between the client and Twilio.
struct gateway_answer {
    int status = 0; ///< 0: none
    std::string body;
    std::string fields; ///< whole header lines
    std::string bytes;  ///< in place of all that: no HTTP
    bool has_sid = false;
};

struct request_plan {
    // The way there.
    double takes = 1; ///< the share of the request that the socket takes; then `how`
    manner how = manner::close;
    bool reaches_twilio = true; ///< false: taken whole, and lost
    milliseconds to_twilio{0};

    // The way back.
    gateway_answer instead; ///< of Twilio's reply
    bool early = false;     ///< `instead` comes before the request was taken whole
    milliseconds to_client{0};
    enum class part { nothing, head, body, whole } delivers = part::whole; ///< up to its middle; then `how`
    bool breaks_at_once = false;                                           ///< `how` does not wait for Twilio
    std::string surplus;                                                   ///< after the reply
    std::optional<manner> in_the_end;                                      ///< after the reply
};

/// What a request may have done, as far as the network can know.
enum class evidence_of_request { taken, not_taken, none };

/// What became of one request: the network's own book-keeping, independent of the client's.
struct request_record {
    bool creates = false;
    bool tls = false, one_record = true;
    std::string to, text;                     ///< "" with TLS
    std::size_t offered = 0, handed_over = 0; ///< bytes
    steady_time begun{}, last_byte{};
    std::optional<steady_time> reached_twilio;
    int status = 0; ///< of the reply that was sent
    bool has_sid = false, readable = true;
    bool reply_read = false; ///< to its end
    steady_time answered{};

    bool whole() const noexcept { return handed_over == offered; }
    evidence_of_request evidence() const noexcept;
};

class connection;

class network : public virtual_clock {
public:
    explicit network(sim::api& t) : twilio(t) {}
    ~network();

    sim::api& twilio;
    SSL_CTX* server_context = nullptr;    ///< null: plain HTTP
    SSL_CTX* untrusted_context = nullptr; ///< with `wrong_certificate`
    milliseconds clock_skew{0};           ///< the simulator's
    std::chrono::seconds own_clock_error{0};
    std::function<double()> random = [] { return 0.5; };

    // What goes wrong. Nothing by default.
    std::function<lookup_plan()> on_lookup = [] { return lookup_plan::works; };
    std::function<opening_plan()> on_connect = [] { return opening_plan(); };
    std::function<request_plan(request_record const&)> on_request = [](auto const&) { return request_plan(); };

    std::vector<std::shared_ptr<request_record>> requests; ///< in the order of their first bytes
    std::set<steady_time> moments;                         ///< when something happened; kept when `keeps_moments`
    bool keeps_moments = false;
    std::size_t streams = 0; ///< that clients have

    /// The world's time, which the simulator's options skew.
    sim::time_point world_time() const;
    std::string reply_bytes(sim::answer const& a);
    void note_moment();

private:
    friend class connection;
    std::set<connection*> connections_;
    detail::server::date_cache date_;
    detail::sim::sid_sequence request_ids_{1};
    std::uint64_t replies_ = 0;
};

/// One connection's both ends; outlives the client's stream while Twilio has something to do for it.
class connection : public std::enable_shared_from_this<connection> {
public:
    using strand_type = virtual_timer::strand_type;
    using done = std::function<void(error_code, std::size_t)>;

    explicit connection(network& n);
    ~connection();

    // The client's socket.
    void connect(done handler);
    std::size_t read(std::span<char> into, error_code& ec);
    void wait_readable(std::span<char> into, done handler);
    std::size_t write(std::span<char const> bytes, error_code& ec);
    void wait_writable(done handler) { writer_ = std::move(handler); }
    void cancel();
    void forget_handlers();

private:
    void begin_request(std::span<char const> offered);
    void take(std::span<char const> bytes);
    void decrypt();
    void parse(std::string_view plain);
    void reach_twilio(detail::server::request const& r);
    void deliver(sim::answer const& a);
    void answer(std::string const& reply, int status, bool has_sid);
    void append(std::string_view plain);
    void end(manner how);
    void tell_reader();
    void shake_hands();

    network& net_;
    opening_plan opening_;
    std::optional<detail::tls_engine> tls_;
    bool shaken_ = false;

    std::string to_client_;
    std::uint64_t sent_ = 0, read_ = 0; // bytes
    std::optional<std::uint64_t> reply_end_;
    bool ended_ = false, reset_ = false;

    std::shared_ptr<request_record> record_; // of the request under way, or the last one
    request_plan plan_;
    bool under_way_ = false;
    std::size_t room_ = 0; // bytes of the request that may still be taken
    detail::server::request_parser parser_;

    done reader_, writer_, connector_;
    std::span<char> read_into_;
};

/// The dispatcher's `Env`.
class network_env {
public:
    using strand_type = virtual_timer::strand_type;
    using address = int;

    explicit network_env(network& n) : net_(&n) {}

    steady_time now() const noexcept { return net_->now; }
    std::chrono::sys_seconds wall_clock_now() const noexcept
    {
        return std::chrono::floor<std::chrono::seconds>(net_->world_time()) + net_->own_clock_error;
    }
    double random01() { return net_->random(); }

    template <class Handler>
    void async_resolve(strand_type const& strand, std::string const&, std::uint16_t, Handler handler)
    {
        auto const plan = net_->on_lookup();
        net_->note_moment();
        auto const shared = std::make_shared<Handler>(std::move(handler));
        auto tell = [strand, shared, plan](error_code) {
            asio::post(strand, [shared, plan] {
                auto const ec = plan == lookup_plan::fails ? error_code(asio::error::host_not_found) : error_code();
                (*shared)(ec, ec ? std::vector<int>() : std::vector<int>{1});
            });
        };
        net_->at(net_->now + milliseconds(plan == lookup_plan::hangs ? 7'000 : 1), std::move(tell));
    }

    struct timer : virtual_timer {
        timer(network_env& env, strand_type const& strand) : virtual_timer(*env.net_, strand) {}
    };

    class stream {
    public:
        stream(network_env& env, strand_type const& strand)
            : net_(env.net_), strand_(strand), connection_(std::make_shared<connection>(*env.net_))
        {
            ++net_->streams;
        }
        ~stream()
        {
            connection_->cancel();
            --net_->streams;
        }
        stream(stream const&) = delete;
        stream& operator=(stream const&) = delete;

        template <class Handler>
        void async_connect(int, Handler handler)
        {
            connection_->connect(without_bytes(std::move(handler)));
        }
        template <class Buffer>
        std::size_t read_some(Buffer& into, error_code& ec)
        {
            return connection_->read(std::span<char>(into), ec);
        }
        template <class Buffer, class Handler>
        void async_read_some(Buffer& into, Handler handler)
        {
            auto const shared = std::make_shared<Handler>(std::move(handler));
            connection_->wait_readable(std::span<char>(into), [strand = strand_, shared](error_code ec, std::size_t n) {
                asio::post(strand, [shared, ec, n] { (*shared)(ec, n); });
            });
        }
        template <class Bytes>
        std::size_t write_some(Bytes bytes, error_code& ec)
        {
            return connection_->write(std::span<char const>(bytes.data(), bytes.size()), ec);
        }
        template <class Handler>
        void async_wait_writable(Handler handler)
        {
            connection_->wait_writable(without_bytes(std::move(handler)));
        }
        void reset_on_close() noexcept {}
        void cancel() { connection_->cancel(); }

    private:
        // Handlers run on the strand, as a socket's would.
        template <class Handler>
        connection::done without_bytes(Handler handler)
        {
            auto const shared = std::make_shared<Handler>(std::move(handler));
            return [strand = strand_, shared](error_code ec, std::size_t) {
                asio::post(strand, [shared, ec] { (*shared)(ec); });
            };
        }

        network* net_;
        strand_type strand_;
        std::shared_ptr<connection> connection_;
    };

private:
    network* net_;
};

} // namespace twilio_sms::test
