// A certificate for tests, made on the spot.
#pragma once
#include <string>

namespace twilio_sms::test {

struct certificate {
    std::string certificate_pem; ///< its own issuer: trust it to trust the server
    std::string key_pem;
};

/// P-256, valid now, for `localhost` and 127.0.0.1.
certificate make_self_signed_certificate();

} // namespace twilio_sms::test
