#include "crypto/secret_string.hpp"
#include <openssl/crypto.h>

namespace twilio_sms::detail {

void cleanse(void* memory, std::size_t size) noexcept
{
    OPENSSL_cleanse(memory, size);
}

} // namespace twilio_sms::detail
