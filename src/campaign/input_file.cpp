#include "campaign/input_file.hpp"
#include "campaign/error.hpp"
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace twilio_sms::campaign {
namespace {

[[noreturn]] void fail(std::string const& path, int error)
{
    throw input_error(path + ": cannot be read: " + std::generic_category().message(error));
}

[[noreturn]] void fail_irregular(std::string const& path)
{
    throw input_error(path + ": the file is read twice, so it must be a regular file");
}

} // namespace

input_file::input_file(std::string path) : path_(std::move(path))
{
    if (path_ == "-") // means standard input to whoever writes it; a file of that name is ./-
        fail_irregular(path_);
    // O_NONBLOCK: opening a pipe without a writer would wait for one. Regular files do not mind.
    fd_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd_ < 0)
        fail(path_, errno);
    try {
        struct stat s = {};
        if (::fstat(fd_, &s) != 0)
            fail(path_, errno);
        if (S_ISDIR(s.st_mode))
            fail(path_, EISDIR);
        if (!S_ISREG(s.st_mode))
            fail_irregular(path_);
        opened_ = current();
    } catch (...) {
        ::close(fd_);
        throw;
    }
}

input_file::~input_file()
{
    ::close(fd_);
}

std::size_t input_file::read(std::span<char> buffer)
{
    std::size_t filled = 0;
    while (filled < buffer.size()) {
        auto const n = ::pread(fd_, buffer.data() + filled, buffer.size() - filled, offset_);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            fail(path_, errno);
        if (n == 0)
            break;
        filled += static_cast<std::size_t>(n);
        offset_ += n;
    }
    return filled;
}

input_file::identity input_file::current() const
{
    struct stat s = {};
    if (::fstat(fd_, &s) != 0)
        fail(path_, errno);
    return {s.st_dev, s.st_ino, s.st_size, s.st_mtim.tv_sec, s.st_mtim.tv_nsec};
}

bool input_file::changed() const
{
    return current() != opened_;
}

bool input_file::is_same_file(std::string const& path) const noexcept
{
    struct stat s = {};
    return ::stat(path.c_str(), &s) == 0 && s.st_dev == opened_.device && s.st_ino == opened_.inode;
}

} // namespace twilio_sms::campaign
