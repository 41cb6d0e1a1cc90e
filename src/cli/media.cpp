#include "cli/media.hpp"
#include "cli/terminal.hpp"
#include "core/notification_check.hpp"
#include <fmt/format.h>

namespace twilio_sms::cli {

std::vector<std::string> media_problems(std::vector<std::string> const& urls)
{
    std::vector<std::string> problems;
    for (std::size_t i = 0; i < urls.size(); ++i)
        if (auto const problem = detail::media_url_problem(urls[i]))
            problems.push_back(fmt::format("--media: URL {} cannot be used: {}", i + 1, *problem));
    return problems;
}

void warn_of_dropped_media(std::vector<std::string> const& problems)
{
    for (auto const& problem : problems)
        print_warning(problem + "; it is left out");
}

} // namespace twilio_sms::cli
