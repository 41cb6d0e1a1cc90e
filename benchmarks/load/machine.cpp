#include "machine.hpp"
#include <boost/version.hpp>
#include <cstdlib>
#include <fstream>
#include <openssl/crypto.h>
#include <string>
#include <string_view>
#include <sys/utsname.h>
#include <thread>
#include <twilio_sms/version.hpp>
#include <unistd.h>

namespace twilio_sms::load {
namespace {

// "NAME : VALUE" or "NAME:\tVALUE"
std::string value_in(char const* file, std::string_view name)
{
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
        auto const value = line.find_first_not_of(": \t", name.size());
        if (line.starts_with(name) && value != line.npos)
            return line.substr(value);
    }
    return {};
}

std::string kernel()
{
    utsname names{};
    return ::uname(&names) == 0 ? std::string(names.sysname) + " " + names.release + " " + names.machine : "";
}

std::string boost_version()
{
    return std::to_string(BOOST_VERSION / 100000) + "." + std::to_string(BOOST_VERSION / 100 % 1000) + "." +
           std::to_string(BOOST_VERSION % 100);
}

} // namespace

boost::json::object machine_facts()
{
#ifdef __clang__
    std::string const compiler = "Clang " __clang_version__;
#else
    std::string const compiler = "GCC " __VERSION__;
#endif
    return {
        {"cpu", value_in("/proc/cpuinfo", "model name")},
        {"cores", ::sysconf(_SC_NPROCESSORS_ONLN)},
        {"cores_allowed", std::thread::hardware_concurrency()}, // by taskset, say
        {"kernel", kernel()},
        {"compiler", compiler},
        {"build_type", LOAD_BUILD_TYPE},
        {"sdk", TWILIO_SMS_VERSION},
        {"openssl", OpenSSL_version(OPENSSL_VERSION)},
        {"boost", boost_version()},
    };
}

std::uint64_t peak_resident_kib()
{
    return std::strtoull(value_in("/proc/self/status", "VmHWM").c_str(), nullptr, 10);
}

} // namespace twilio_sms::load
