// What a TLS handshake shows of the server, for people who look for a fault.
#pragma once
#include <chrono>
#include <string>
#include <vector>

struct ssl_ctx_st;

namespace twilio_sms::detail {

struct seen_certificate {
    std::string subject, issuer; ///< as in RFC 2253: "CN=api.twilio.com,O=..."
    std::chrono::sys_seconds expires{};
};

struct handshake_facts {
    std::string protocol;                ///< "TLSv1.3"
    std::vector<seen_certificate> chain; ///< as the server sent it, its own first; also when it is not trusted
};

/// From now on the full handshakes of this client context leave there what they see. `into` must outlive the context.
void observe_handshakes(ssl_ctx_st* client_context, handshake_facts& into);

} // namespace twilio_sms::detail
