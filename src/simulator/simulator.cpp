#include "http_server/http_server.hpp"
#include "simulator/api.hpp"
#include "simulator/certificates.hpp"
#include "simulator/delayed_answers.hpp"
#include "simulator/random_bits.hpp"
#include "simulator/reply_headers.hpp"
#include "simulator/truth_page.hpp"
#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <mutex>
#include <random>
#include <stdexcept>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms {
namespace {

using detail::sim::answer;
using detail::sim::deed;
using std::chrono::milliseconds;

std::chrono::sys_time<milliseconds> now()
{
    return std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
}

std::uint64_t random_nonce()
{
    std::random_device source;
    return static_cast<std::uint64_t>(source()) << 32 | source();
}

asio::ip::tcp::endpoint endpoint_of(simulator_options const& o)
{
    return {asio::ip::make_address(o.listen_address), o.port};
}

} // namespace

class simulator::impl : public std::enable_shared_from_this<simulator::impl> {
public:
    impl(asio::any_io_executor executor, simulator_options options)
        : options_(std::move(options)), executor_(asio::make_strand(std::move(executor))),
          api_(options_, random_nonce()), request_ids_(random_nonce())
    {}

    void start()
    {
        detail::tls_context tls;
        if (options_.tls) {
            auto const certificates = detail::sim::make_certificates(options_.certificate);
            ca_pem_ = certificates.ca_pem;
            tls = detail::make_server_tls_context(certificates.server_chain_pem, certificates.server_key_pem);
        }
        // Weak: the server is this object's, and must not keep it alive.
        auto const weak = weak_from_this();
        delayed_ = std::make_shared<detail::sim::delayed_answers>(
            executor_, [weak](answer& a, detail::server::responder& to, std::chrono::steady_clock::duration latency) {
                if (auto const self = weak.lock())
                    self->deliver(a, to, std::chrono::floor<milliseconds>(latency));
            });
        server_ = std::make_unique<detail::server::http_server>(
            executor_, endpoint_of(options_), std::move(tls),
            [weak](detail::server::request const& r, detail::server::responder to) {
                if (auto const self = weak.lock())
                    self->on_request(r, std::move(to));
            });
        local_ = server_->local_endpoint();
    }

    void stop() noexcept
    {
        asio::post(executor_, [self = shared_from_this()] {
            self->delayed_->stop();
            self->server_->stop();
        });
    }

    void reset()
    {
        std::scoped_lock const lock(mutex_);
        api_.reset();
    }

    /// The truth as it is now.
    std::shared_ptr<detail::sim::truth const> truth()
    {
        std::scoped_lock const lock(mutex_);
        api_.advance(now());
        return api_.truth();
    }

    asio::ip::tcp::endpoint const& local_endpoint() const noexcept { return local_; }
    std::string const& ca_pem() const noexcept { return ca_pem_; }
    bool uses_tls() const noexcept { return options_.tls; }

private:
    void on_request(detail::server::request const& r, detail::server::responder to)
    {
        if (detail::sim::is_truth_path(r.path()))
            return detail::sim::answer_truth_request(r, std::move(to), truth(), [this] { reset(); });
        auto const query = r.target().substr(std::min(r.path().size() + 1, r.target().size()));
        answer a;
        {
            std::scoped_lock const lock(mutex_);
            a = api_.handle(
                {r.method(), r.path(), r.header("Authorization"), r.header("Content-Type"), r.body(), query}, now());
        }
        auto const latency = a.at_once || a.what == deed::stall ? milliseconds(0) : next_latency();
        if (latency > milliseconds(0))
            delayed_->add(std::move(a), std::move(to), latency);
        else
            deliver(a, to, latency);
    }

    milliseconds next_latency() noexcept
    {
        double const share = detail::sim::unit_interval(detail::sim::random_bits(options_.seed, request_count_++, 2));
        double const jitter = share * static_cast<double>(options_.latency_jitter.count());
        return options_.latency + milliseconds(static_cast<milliseconds::rep>(jitter));
    }

    void deliver(answer const& a, detail::server::responder& to, milliseconds latency)
    {
        bool delivered = to.connected();
        {
            std::scoped_lock const lock(mutex_);
            api_.finished(a, delivered); // before the client can know, so that it finds the truth complete
        }
        switch (a.what) {
        case deed::send: to.send(head_of(a, latency), a.body); break;
        case deed::cut: send_cut(a, to, latency); break;
        case deed::close: to.close(); break;
        case deed::reset: to.reset(); break;
        case deed::stall: break; // dropped unanswered
        }
    }

    detail::server::response_head head_of(answer const& a, milliseconds latency)
    {
        headers_.clear();
        detail::sim::append_reply_headers(headers_, a, request_ids_, reply_count_++, latency);
        return {a.status, detail::sim::reason_phrase(a.status), headers_, options_.clock_skew};
    }

    // At least the first byte, never the last one.
    void send_cut(answer const& a, detail::server::responder& to, milliseconds latency)
    {
        std::string whole;
        detail::server::append_response(whole,
                                        date_.at(std::chrono::floor<std::chrono::seconds>(now() + options_.clock_skew)),
                                        head_of(a, latency), a.body, {});
        auto const share = static_cast<std::size_t>(a.cut * static_cast<double>(whole.size()));
        to.send_bytes(std::string_view(whole).substr(0, std::clamp<std::size_t>(share, 1, whole.size() - 1)));
        to.close();
    }

    simulator_options options_;
    asio::any_io_executor executor_;
    std::mutex mutex_; // guards api_: `reset` may come from any thread
    detail::sim::api api_;
    detail::sim::sid_sequence request_ids_;
    std::uint64_t request_count_ = 0;
    std::uint64_t reply_count_ = 0;
    std::string headers_; // kept for its capacity
    detail::server::date_cache date_;
    std::string ca_pem_;
    asio::ip::tcp::endpoint local_;
    std::shared_ptr<detail::sim::delayed_answers> delayed_;
    std::unique_ptr<detail::server::http_server> server_;
};

simulator::simulator(asio::any_io_executor executor, simulator_options options)
{
    if (auto const problem = options.problem(); !problem.empty())
        throw std::invalid_argument(problem);
    impl_ = std::make_shared<impl>(std::move(executor), std::move(options));
    impl_->start();
}

simulator::~simulator()
{
    stop();
}

simulator::simulator(simulator&&) noexcept = default;

simulator& simulator::operator=(simulator&& other) noexcept
{
    if (this != &other) {
        stop();
        impl_ = std::move(other.impl_);
    }
    return *this;
}

std::uint16_t simulator::port() const noexcept
{
    return impl_->local_endpoint().port();
}

std::string simulator::base_url() const
{
    auto const address = impl_->local_endpoint().address();
    std::string url = impl_->uses_tls() ? "https://" : "http://";
    url += address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
    return url + ":" + std::to_string(port());
}

std::string const& simulator::ca_pem() const noexcept
{
    return impl_->ca_pem();
}

simulator_summary simulator::summary() const
{
    return impl_->truth()->summary();
}

std::vector<simulated_message> simulator::messages() const
{
    return impl_->truth()->messages();
}

void simulator::reset()
{
    impl_->reset();
}

void simulator::stop() noexcept
{
    if (impl_)
        impl_->stop();
}

} // namespace twilio_sms
