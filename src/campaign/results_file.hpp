// The file that takes one line for each row of a campaign.
#pragma once
#include <string>
#include <string_view>

namespace twilio_sms::campaign {

enum class if_exists : bool { refuse, overwrite };

/// Each line reaches the operating system at once and whole: after a crash of the program the file holds every line
/// written, after a full disk no half line.
class results_file {
public:
    /// Opens the file, proves that it takes data, locks it against a second campaign and empties it.
    /// Errors: throws `input_error` when it holds something and may not be overwritten, `local_failure` when it cannot
    /// be written or another campaign has it.
    results_file(std::string path, if_exists policy);
    results_file(results_file const&) = delete;
    results_file& operator=(results_file const&) = delete;
    ~results_file();

    std::string const& path() const noexcept { return path_; }

    /// Appends a line; `line` comes without its end. Throws `local_failure`.
    void write_line(std::string_view line);

    /// Waits until the lines are on the disk. Throws `local_failure`.
    void sync();

private:
    void write_whole(std::string_view data);
    [[noreturn]] void fail(int error, char const* advice = "") const;

    std::string path_;
    int fd_ = -1;
    bool regular_ = false;
    long long size_ = 0; // up to the end of the last whole line
    std::string line_;   // storage for reuse
};

} // namespace twilio_sms::campaign
