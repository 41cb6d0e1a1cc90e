#include "campaign/results_file.hpp"
#include "campaign/error.hpp"
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace twilio_sms::campaign {

results_file::results_file(std::string path, if_exists policy) : path_(std::move(path))
{
    // Phone numbers are in it: readable for its owner only, unless it was there before.
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd_ < 0)
        fail(errno, "; give --results another file name");
    try {
        struct stat s = {};
        if (::fstat(fd_, &s) != 0)
            fail(errno);
        regular_ = S_ISREG(s.st_mode);
        if (regular_ && ::flock(fd_, LOCK_EX | LOCK_NB) != 0)
            throw local_failure(path_ + ": another campaign is writing to it");
        if (regular_ && s.st_size != 0 && policy == if_exists::refuse)
            throw input_error(path_ + ": already holds results; give another name, or --overwrite to lose them");
        if (regular_ && ::ftruncate(fd_, 0) != 0)
            fail(errno);
        // A file can be opened on a full disk too: only writing tells. Not into pipes and terminals: it would stay
        // there.
        if (regular_ || (S_ISCHR(s.st_mode) && ::isatty(fd_) == 0))
            write_whole("\n");
        if (regular_ && (::ftruncate(fd_, 0) != 0 || ::lseek(fd_, 0, SEEK_SET) != 0))
            fail(errno);
    } catch (...) {
        ::close(fd_);
        throw;
    }
}

results_file::~results_file()
{
    ::close(fd_);
}

void results_file::write_line(std::string_view line)
{
    line_.assign(line);
    line_ += '\n';
    try {
        write_whole(line_);
    } catch (local_failure const&) {
        if (regular_ && ::ftruncate(fd_, size_) == 0)
            ::lseek(fd_, size_, SEEK_SET);
        throw;
    }
    size_ += static_cast<long long>(line_.size());
}

void results_file::sync()
{
    if (regular_ && ::fdatasync(fd_) != 0)
        fail(errno);
}

void results_file::write_whole(std::string_view data)
{
    while (!data.empty()) {
        auto const n = ::write(fd_, data.data(), data.size());
        if (n < 0 && errno != EINTR)
            fail(errno);
        if (n > 0)
            data.remove_prefix(static_cast<std::size_t>(n));
    }
}

void results_file::fail(int error, char const* advice) const
{
    throw local_failure(path_ + ": cannot be written: " + std::generic_category().message(error) + advice);
}

} // namespace twilio_sms::campaign
