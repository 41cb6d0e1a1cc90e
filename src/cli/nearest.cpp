#include "cli/nearest.hpp"
#include <algorithm>
#include <numeric>
#include <utility>

namespace twilio_sms::cli {
namespace {

// Levenshtein's distance.
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            auto const best = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            diagonal = std::exchange(row[j], best);
        }
    }
    return row.back();
}

} // namespace

std::string nearest(std::string_view word, std::vector<std::string> const& known)
{
    auto const by_distance = [word](std::string const& a) { return distance(word, a); };
    auto const best = std::ranges::min_element(known, {}, by_distance);
    return best != known.end() && by_distance(*best) <= 3 ? "; did you mean " + *best + '?' : std::string();
}

} // namespace twilio_sms::cli
