#include "net/certificate_problem.hpp"
#include <openssl/x509_vfy.h>

namespace twilio_sms::detail {

std::string describe_certificate_problem(long verify_result)
{
    switch (verify_result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return "it has expired; check this machine's clock, else the server needs a new one";
    case X509_V_ERR_CERT_NOT_YET_VALID: return "it is not valid yet; check this machine's clock";
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_UNTRUSTED:
        return "its issuer is unknown; set ca_file to the issuer's certificate, or install ca-certificates";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return "it is self-signed; check base_url, or set ca_file to it if it is the one you expect";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        return "its issuer is self-signed and unknown; set ca_file to the issuer's certificate";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH: return "it is for another host; check the host in base_url";
    default: break;
    }
    return std::string(X509_verify_cert_error_string(verify_result)) + "; check base_url and ca_file";
}

} // namespace twilio_sms::detail
