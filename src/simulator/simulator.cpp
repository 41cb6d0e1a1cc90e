#include "http_server/http_server.hpp"
#include "simulator/api.hpp"
#include "simulator/certificates.hpp"
#include "simulator/delayed_answers.hpp"
#include "simulator/random_bits.hpp"
#include "simulator/reply_headers.hpp"
#include "simulator/truth_page.hpp"
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

    detail::sim::truth const& truth() const noexcept { return *api_.truth(); }
    asio::ip::tcp::endpoint const& local_endpoint() const noexcept { return local_; }
    std::string const& ca_pem() const noexcept { return ca_pem_; }
    bool uses_tls() const noexcept { return options_.tls; }

private:
    void on_request(detail::server::request const& r, detail::server::responder to)
    {
        if (detail::sim::is_truth_path(r.path()))
            return detail::sim::answer_truth_request(r, std::move(to), api_.truth(), [this] { reset(); });
        auto const now = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());
        answer a;
        {
            std::scoped_lock const lock(mutex_);
            a = api_.handle({r.method(), r.path(), r.header("Authorization"), r.header("Content-Type"), r.body()}, now);
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
        case deed::send:
            headers_.clear();
            detail::sim::append_reply_headers(headers_, a, request_ids_, reply_count_++, latency);
            to.send({a.status, detail::sim::reason_phrase(a.status), headers_}, a.body);
            break;
        case deed::close: to.close(); break;
        case deed::reset: to.reset(); break;
        case deed::stall: break; // dropped unanswered
        }
    }

    simulator_options options_;
    asio::any_io_executor executor_;
    std::mutex mutex_; // guards api_: `reset` may come from any thread
    detail::sim::api api_;
    detail::sim::sid_sequence request_ids_;
    std::uint64_t request_count_ = 0;
    std::uint64_t reply_count_ = 0;
    std::string headers_; // kept for its capacity
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
    return impl_->truth().summary();
}

std::vector<simulated_message> simulator::messages() const
{
    return impl_->truth().messages();
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
