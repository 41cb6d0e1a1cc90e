// Where OpenSSL reads and writes when there is no socket.
#pragma once
#include "net/lent_buffer.hpp"
#include <openssl/bio.h>

namespace twilio_sms::detail {

/// What passes between an SSL and the network. OpenSSL's own memory BIO keeps a buffer for each direction.
struct memory_bio {
    lent_buffer input;  ///< bytes for the SSL
    lent_buffer output; ///< bytes that it wrote

    /// A BIO that reads and writes here, to be owned by an SSL that does not outlive this; nor may this move meanwhile.
    /// Errors: `std::bad_alloc`.
    BIO* make();
};

} // namespace twilio_sms::detail
