#include "cli/progress.hpp"
#include "cli/terminal.hpp"
#include <algorithm>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace twilio_sms::cli {
namespace {

// A line that wraps cannot be drawn again.
std::size_t terminal_width() noexcept
{
    winsize size{};
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

} // namespace

progress::progress(boost::asio::io_context& io, bool redraw)
    : timer_(io), redraw_(redraw && stderr_is_terminal()),
      interval_(redraw_ ? std::chrono::steady_clock::duration(std::chrono::milliseconds(200))
                        : std::chrono::seconds(10)),
      next_(std::chrono::steady_clock::now() + interval_)
{}

void progress::start(make_line line)
{
    line_ = std::move(line);
    tick();
}

void progress::tick()
{
    timer_.expires_at(next_);
    timer_.async_wait([this](boost::system::error_code e) {
        if (e)
            return;
        show_if_due(line_);
        tick();
    });
}

void progress::stop()
{
    timer_.cancel();
    clear();
}

void progress::show_if_due(make_line const& line)
{
    auto const now = std::chrono::steady_clock::now();
    if (now < next_)
        return;
    next_ = now + interval_;
    show(line());
}

void progress::show(std::string line)
{
    if (redraw_) {
        line.resize(std::min(line.size(), terminal_width() - 1)); // ASCII
        line = '\r' + line + "\x1b[K";
    } else {
        line += '\n';
    }
    std::fputs(line.c_str(), stderr);
    drawn_ = redraw_;
}

void progress::clear()
{
    if (std::exchange(drawn_, false))
        std::fputs("\r\x1b[K", stderr);
}

} // namespace twilio_sms::cli
