// One exchange through a connection's engine, without a socket. Only the client's side counts: the server's records are
// made ahead, and what the client says is dropped.
#include "cases.hpp"
#include "exchange/memory_peer.hpp"
#include "samples.hpp"
#include <stdexcept>

namespace twilio_sms::benchmarks {
namespace {

class tls_exchanges {
public:
    tls_exchanges() { test::shake_hands(client_, server_); }

    void prepare(std::size_t times)
    {
        records_.clear();
        next_ = 0;
        for (; times != 0; --times) {
            server_.write(accepted_reply());
            records_.push_back(server_.output());
        }
    }

    void exchange()
    {
        client_.start(create_request());
        client_.consumed(client_.output().size());
        client_.received(records_[next_++]);
        if (!client_.reusable())
            throw std::logic_error("the exchange in memory failed: " + client_.reason());
    }

private:
    test::tls_pair contexts_;
    detail::wire client_ = detail::wire::secure(contexts_.client.get(), "localhost");
    test::memory_peer server_{contexts_.server.get()};
    std::vector<std::string> records_;
    std::size_t next_ = 0;
};

} // namespace

std::vector<micro_case> tls_cases()
{
    auto const all = std::make_shared<tls_exchanges>();
    auto exchange = repeating("tls_exchange", [all] { all->exchange(); });
    exchange.prepare = [all](std::size_t times) { all->prepare(times); };
    return {exchange};
}

} // namespace twilio_sms::benchmarks
