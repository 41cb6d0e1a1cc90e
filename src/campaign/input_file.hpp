// A file that is read several times from its start.
#pragma once
#include <cstddef>
#include <span>
#include <string>

namespace twilio_sms::campaign {

/// Keeps one open file, so that every pass reads the same one even when its name is given to another.
class input_file {
public:
    /// Errors: throws `input_error` when it cannot be opened or is not a regular file.
    explicit input_file(std::string path);
    input_file(input_file const&) = delete;
    input_file& operator=(input_file const&) = delete;
    ~input_file();

    std::string const& path() const noexcept { return path_; }

    /// Starts again at the first byte.
    void rewind() noexcept { offset_ = 0; }

    /// Fills the buffer as far as the file goes; 0 at its end. Throws `input_error` when reading fails.
    std::size_t read(std::span<char> buffer);

    /// True when somebody wrote to the file after it was opened.
    bool changed() const;

    /// True when `path` names this file, by whatever name.
    bool is_same_file(std::string const& path) const noexcept;

private:
    struct identity {
        unsigned long long device = 0, inode = 0;
        long long size = 0, modified_s = 0, modified_ns = 0;
        friend bool operator==(identity const&, identity const&) = default;
    };
    identity current() const;

    std::string path_;
    int fd_ = -1;
    long long offset_ = 0;
    identity opened_;
};

} // namespace twilio_sms::campaign
