#include "client/destination.hpp"
#include "twilio/routed_host.hpp"

namespace twilio_sms::detail {

destination::destination(provider_options const& valid)
    : account_sid(valid.subaccount_sid.empty() ? valid.account_sid : valid.subaccount_sid)
{
    std::string problem;
    url = parse_base_url(valid.base_url, problem).value();
    url.host = routed_host(url.host, valid.region, valid.edge).value();
    server = host_and_port(url.host, url.port);
    host_header = url.port == (url.tls ? 443 : 80) ? bracketed(url.host) : server;
}

std::shared_ptr<request_writer> destination::writer_for(login const& who) const
{
    return std::make_shared<request_writer>(
        request_origin{host_header, url.path_prefix, account_sid, who.username(), who.password()});
}

std::optional<proxy_route> destination::proxy_of(provider_options const& valid) const
{
    if (valid.proxy.empty() || bypasses_proxy(valid.no_proxy, url.host, url.port))
        return std::nullopt;
    std::string problem;
    return route_through(parse_proxy_url(valid.proxy, problem).value(), server);
}

} // namespace twilio_sms::detail
