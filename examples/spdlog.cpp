// The log goes where the program's own log goes: a sink is a function. Here it is spdlog.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sstream>
#include <twilio_sms/twilio_sms.hpp>

namespace asio = boost::asio;
namespace sms = twilio_sms;

// Called within the provider's strand, so it must not block: the logger writes from a thread of its own.
sms::log_sink spdlog_sink(std::shared_ptr<spdlog::logger> logger)
{
    return [logger](sms::log_event const& event) {
        std::ostringstream line;
        line << std::boolalpha << event.name;
        for (auto const& field : event.fields)
            std::visit([&](auto const& value) { line << ' ' << field.name << '=' << value; }, field.value);
        constexpr spdlog::level::level_enum levels[] = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                                        spdlog::level::err};
        logger->log(levels[static_cast<std::size_t>(event.level)], line.str());
    };
}

asio::awaitable<void> run(sms::provider& provider)
{
    co_await provider.send({"+15558675310", "Your order has shipped"});
    co_await provider.try_send({"555-0100", "Your order has shipped"}); // not E.164
    co_await provider.close();
}

int main()
{
    auto logger = spdlog::create_async_nb<spdlog::sinks::stdout_sink_mt>("sms");
    logger->set_pattern("%n %l: %v");
    auto options = sms::provider_options::from_environment();
    options.observer = sms::make_log_observer(sms::log_level::info, spdlog_sink(logger));

    asio::io_context io;
    sms::provider provider(io.get_executor(), options);
    asio::co_spawn(io, run(provider), [](std::exception_ptr e) {
        if (e)
            std::rethrow_exception(e);
    });
    io.run();
    spdlog::shutdown();
}
