// Campaign files and command lines for the tests.
#pragma once
#include "tool.hpp"

namespace twilio_sms::test {

/// A file of `rows` different numbers with names, and a place for results.
struct campaign_files {
    explicit campaign_files(std::uint64_t rows, std::string const& more = {})
    {
        std::ofstream file(input, std::ios::binary);
        file << "name,to\n";
        for (std::uint64_t i = 0; i < rows; ++i)
            file << "Ann " << i << ",+1555" << 1000000 + i << '\n';
        file << more;
    }

    /// `campaign run` with JSON summary and quick retries.
    std::vector<std::string> run(std::vector<std::string> const& more = {}) const
    {
        std::vector<std::string> all{"campaign", "run",       input,   "--text",        "Hi {{name}}",
                                     "--json",   "--results", results, "--retry-delay", "1ms"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }

    temporary_directory directory;
    std::string input = directory.path("customers.csv");
    std::string results = directory.path("results.jsonl");
};

} // namespace twilio_sms::test
