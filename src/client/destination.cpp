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
    if (!valid.proxy.empty() && !bypasses_proxy(valid.no_proxy, url.host, url.port))
        proxy = route_through(parse_proxy_url(valid.proxy, problem).value(), server);
}

request_writer destination::writer_for(login const& who) const
{
    return request_writer({host_header, url.path_prefix, account_sid, who.username(), who.password()});
}

} // namespace twilio_sms::detail
