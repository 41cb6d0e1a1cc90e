// The progress of a campaign on standard error.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <string>

namespace twilio_sms::cli {

/// Shows a line from time to time: on a terminal one that is drawn again, at most five times a second; else a new one
/// every ten seconds.
class progress {
public:
    using make_line = std::function<std::string()>;

    /// `redraw` false: as if not on a terminal, because other lines go there too.
    progress(boost::asio::io_context& io, bool redraw);
    progress(progress const&) = delete;
    progress& operator=(progress const&) = delete;
    ~progress() { clear(); }

    /// Shows lines on a timer of the io_context, until `stop`.
    void start(make_line line);
    void stop();

    /// Shows a line now, if it is time for one. For work that does not run on the io_context.
    void show_if_due(make_line const& line);

    /// Takes the drawn line away, so that something else can be printed.
    void clear();

private:
    void tick();
    void show(std::string line);

    boost::asio::steady_timer timer_;
    bool redraw_;
    bool drawn_ = false;
    std::chrono::steady_clock::duration interval_;
    std::chrono::steady_clock::time_point next_;
    make_line line_;
};

} // namespace twilio_sms::cli
