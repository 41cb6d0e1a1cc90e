#include "net/memory_bio.hpp"
#include <algorithm>
#include <cstring>
#include <new>

namespace twilio_sms::detail {
namespace {

memory_bio& of(BIO* bio)
{
    return *static_cast<memory_bio*>(BIO_get_data(bio));
}

int read(BIO* bio, char* into, std::size_t size, std::size_t* done)
{
    BIO_clear_retry_flags(bio);
    *done = 0;
    auto& input = of(bio).input;
    if (input.empty()) { // "not yet", not "end"
        BIO_set_retry_read(bio);
        return -1;
    }
    *done = std::min(size, input.bytes().size());
    std::memcpy(into, input.bytes().data(), *done);
    input.consume(*done);
    return 1;
}

int write(BIO* bio, char const* from, std::size_t size, std::size_t* done)
{
    BIO_clear_retry_flags(bio);
    *done = 0;
    try {
        of(bio).output.append({from, size});
    } catch (std::bad_alloc const&) { // not through OpenSSL
        return -1;
    }
    *done = size;
    return 1;
}

long control(BIO*, int what, long, void*)
{
    return what == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* make_method()
{
    auto* const m = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "twilio_sms memory");
    if (!m || BIO_meth_set_read_ex(m, read) != 1 || BIO_meth_set_write_ex(m, write) != 1 ||
        BIO_meth_set_ctrl(m, control) != 1)
        throw std::bad_alloc();
    return m;
}

} // namespace

BIO* memory_bio::make()
{
    static BIO_METHOD* const method = make_method();
    auto* const bio = BIO_new(method);
    if (!bio)
        throw std::bad_alloc();
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    return bio;
}

} // namespace twilio_sms::detail
