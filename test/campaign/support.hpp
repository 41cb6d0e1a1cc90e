// What several campaign tests share.
#pragma once
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

namespace twilio_sms::test {

/// A directory that is gone with the object.
class temporary_directory {
public:
    temporary_directory()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "twilio-sms-test-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    temporary_directory(temporary_directory const&) = delete;
    temporary_directory& operator=(temporary_directory const&) = delete;
    ~temporary_directory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    std::string path(std::string const& name) const { return (path_ / name).string(); }

    /// Writes a file and returns its path.
    std::string write(std::string const& name, std::string_view content) const
    {
        std::ofstream(path(name), std::ios::binary) << content;
        return path(name);
    }

private:
    std::filesystem::path path_;
};

inline std::string read_file(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The message of the `Error` that `f` throws; a failed check and "" when it throws none.
template <class Error, class F>
std::string message_of(F f)
{
    try {
        f();
    } catch (Error const& e) {
        return e.what();
    }
    BOOST_ERROR("nothing was thrown");
    return {};
}

/// Bytes in portions of at most `at_a_time`, as `byte_source` wants them.
inline auto bytes_of(std::string text, std::size_t at_a_time)
{
    return [text = std::move(text), at_a_time, at = std::size_t{0}](std::span<char> buffer) mutable {
        auto const n = std::min({buffer.size(), at_a_time, text.size() - at});
        std::memcpy(buffer.data(), text.data() + at, n);
        at += n;
        return n;
    };
}

} // namespace twilio_sms::test
