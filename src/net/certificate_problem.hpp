// Why a certificate is not trusted, for people.
#pragma once
#include <string>

namespace twilio_sms::detail {

/// What is wrong and how to mend it, for a verify result of OpenSSL (X509_V_ERR_...).
std::string describe_certificate_problem(long verify_result);

} // namespace twilio_sms::detail
