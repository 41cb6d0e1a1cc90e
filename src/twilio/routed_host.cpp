#include "twilio/routed_host.hpp"
#include <algorithm>
#include <vector>

namespace twilio_sms::detail {
namespace {

std::vector<std::string_view> labels_of(std::string_view host)
{
    std::vector<std::string_view> labels;
    for (;;) {
        auto const dot = host.find('.');
        labels.push_back(host.substr(0, dot));
        if (dot == std::string_view::npos)
            return labels;
        host.remove_prefix(dot + 1);
    }
}

bool same(std::string_view label, std::string_view lower_case) noexcept
{
    return std::ranges::equal(label, lower_case,
                              [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

} // namespace

std::optional<std::string> routed_host(std::string_view host, std::string_view region, std::string_view edge)
{
    if (region.empty() && edge.empty())
        return std::string(host);
    auto const labels = labels_of(host); // product[.[edge.]region].twilio.com
    auto const n = labels.size();
    if (n < 3 || n > 5 || !same(labels[n - 2], "twilio") || !same(labels[n - 1], "com") ||
        std::ranges::any_of(labels, &std::string_view::empty))
        return std::nullopt;
    if (region.empty() && n > 3)
        region = labels[n - 3];
    if (edge.empty() && n == 5)
        edge = labels[1];
    if (region.empty())
        region = "us1";
    std::string routed(labels[0]);
    for (auto const part : {edge, region, labels[n - 2], labels[n - 1]})
        if (!part.empty())
            routed.append(".").append(part);
    return routed;
}

} // namespace twilio_sms::detail
