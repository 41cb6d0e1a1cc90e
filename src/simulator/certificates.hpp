// A certificate authority for one run, and the server certificate that clients shall trust, or not.
#pragma once
#include <string>
#include <twilio_sms/simulator.hpp>

namespace twilio_sms::detail::sim {

struct certificate_set {
    std::string ca_pem;
    std::string server_chain_pem;
    std::string server_key_pem;
};

/// Makes new keys (P-256) each time. Errors: throws `std::runtime_error`.
certificate_set make_certificates(certificate_kind kind);

} // namespace twilio_sms::detail::sim
