// TLS sessions over real sockets: taken up again by later connections of a provider, and by nobody else.
#include "http_server/http_server.hpp"
#include "support.hpp"
#include "support/self_signed.hpp"
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <mutex>

namespace twilio_sms::test {
namespace {

// Accepts every message and closes the connection after it; one version of TLS.
class closing_server {
public:
    explicit closing_server(int version) : made_(make_self_signed_certificate()), ca_(made_.certificate_pem)
    {
        auto tls = detail::make_server_tls_context(made_.certificate_pem, made_.key_pem);
        SSL_CTX_set_min_proto_version(tls.get(), version);
        SSL_CTX_set_max_proto_version(tls.get(), version);
        server_ = std::make_unique<detail::server::http_server>(
            io_.get_executor(), asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0), std::move(tls),
            [](detail::server::request const&, detail::server::responder to) {
                to.send({201, "CREATED", "Connection: close\r\n"},
                        R"({"sid":"SM00000000000000000000000000000001","status":"queued"})");
            });
        thread_ = std::thread([this] { io_.run(); });
    }
    ~closing_server()
    {
        asio::post(io_, [this] { server_->stop(); });
        work_.reset();
        thread_.join();
    }

    provider_options options() const
    {
        provider_options o;
        o.account_sid = account_sid;
        o.auth_token = ::test::canary_token;
        o.from_number = sender;
        o.base_url = "https://127.0.0.1:" + std::to_string(server_->local_endpoint().port());
        o.ca_file = ca_.path();
        return o;
    }

private:
    certificate made_;
    temporary_file ca_;
    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    std::unique_ptr<detail::server::http_server> server_;
    std::thread thread_;
};

// What is told of opened connections.
struct openings : observer {
    std::vector<bool> resumed;
    void on_connection(connection_event const& e) noexcept override
    {
        if (e.what == connection_event::kind::opened)
            resumed.push_back(e.resumed);
    }
};

constexpr int both_versions[] = {TLS1_2_VERSION, TLS1_3_VERSION};

asio::awaitable<void> send_some(provider& p, int n)
{
    for (int i = 0; i < n; ++i) {
        auto const outcome = co_await p.try_send({number(i), text()});
        BOOST_TEST(outcome.has_value());
    }
    co_await p.close();
}

} // namespace

BOOST_AUTO_TEST_SUITE(tls_sessions)

BOOST_AUTO_TEST_CASE(later_connections_take_one_up)
{
    for (int const version : both_versions) {
        closing_server server(version);
        auto options = server.options();
        auto const seen = std::make_shared<openings>();
        options.observer = seen;
        asio::io_context io;
        provider p(io.get_executor(), options);
        run(io, send_some(p, 5));
        BOOST_TEST(seen->resumed == (std::vector<bool>{false, true, true, true, true}));
    }
}

BOOST_AUTO_TEST_CASE(each_provider_checks_the_certificate_for_itself)
{
    for (int const version : both_versions) {
        closing_server server(version), other(version);
        asio::io_context io;
        provider trusting(io.get_executor(), server.options());
        run(io, send_some(trusting, 2));

        auto options = server.options();
        options.ca_file = other.options().ca_file; // of a server with another certificate
        auto const refused = send_one(options, {number(1), text()});
        BOOST_REQUIRE(!refused.has_value());
        BOOST_TEST((refused.error().code == errc::certificate_rejected));
    }
}

// With the simulator, as everybody uses it.
BOOST_AUTO_TEST_CASE(with_the_simulator)
{
    local_twilio twilio;
    auto options = twilio.options();
    auto const seen = std::make_shared<openings>();
    options.observer = seen;
    options.max_connection_age = 1ms;
    options.max_connections = 1;
    asio::io_context io;
    provider p(io.get_executor(), options);
    run(io, send_some(p, 50));
    BOOST_REQUIRE(!seen->resumed.empty());
    BOOST_TEST(!seen->resumed.front());
    BOOST_TEST(std::count(seen->resumed.begin(), seen->resumed.end(), false) == 1);
    BOOST_TEST(twilio.server().messages().size() == 50u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace twilio_sms::test
