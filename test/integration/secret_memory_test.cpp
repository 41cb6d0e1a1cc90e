// Secrets do not stay in freed memory: every block that the client's thread frees is searched for them, C++'s and
// OpenSSL's alike. The servers, which know the secrets too, run on other threads.
#define BOOST_TEST_MODULE secret_memory
#include "crypto/base64.hpp"
#include "support.hpp"
#include "support/connect_proxy.hpp"
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <new>
#include <openssl/crypto.h>

namespace {

constexpr std::size_t piece = 12; // of a secret; what is shorter than this is not looked for
thread_local bool watching = false;
std::array<char[piece], 32> pieces; // no heap: these must not be found themselves
std::size_t piece_count = 0;
int found = 0;

void search(void const* block) noexcept
{
    if (!watching || !block)
        return;
    auto const size = malloc_usable_size(const_cast<void*>(block));
    for (std::size_t i = 0; i < piece_count; ++i)
        found += memmem(block, size, pieces[i], piece) != nullptr;
}

void search_and_free(void* block) noexcept
{
    search(block);
    std::free(block);
}

// Without what others left in it.
void* fresh(std::size_t size) noexcept
{
    return std::calloc(1, size == 0 ? 1 : size);
}

void* allocate(std::size_t size)
{
    if (void* const block = fresh(size))
        return block;
    throw std::bad_alloc();
}

// OpenSSL's, which must be set before its first use of memory.
void* openssl_malloc(std::size_t size, char const*, int)
{
    return fresh(size);
}
void openssl_free(void* block, char const*, int)
{
    search_and_free(block);
}
void* openssl_realloc(void* block, std::size_t size, char const*, int)
{
    if (size == 0)
        return search_and_free(block), nullptr;
    void* const moved = fresh(size);
    if (!moved || !block)
        return moved;
    std::memcpy(moved, block, std::min(size, malloc_usable_size(block)));
    search_and_free(block);
    return moved;
}
bool openssl_watched = false;
[[gnu::constructor(101)]] void watch_openssl()
{
    openssl_watched = CRYPTO_set_mem_functions(openssl_malloc, openssl_realloc, openssl_free) == 1;
}

} // namespace

void* operator new(std::size_t size)
{
    return allocate(size);
}
void* operator new(std::size_t size, std::nothrow_t const&) noexcept
{
    return fresh(size);
}
void operator delete(void* block) noexcept
{
    search_and_free(block);
}
void operator delete(void* block, std::size_t) noexcept
{
    search_and_free(block);
}
void* operator new[](std::size_t size)
{
    return allocate(size);
}
void operator delete[](void* block) noexcept
{
    search_and_free(block);
}
void operator delete[](void* block, std::size_t) noexcept
{
    search_and_free(block);
}

namespace twilio_sms::test {
namespace {

std::string const api_key = "SK00000000000000000000000000000004";
std::string const api_secret = "API-SECRET-of-many-characters-1";
std::string const proxy_user = "proxy-user";
std::string const proxy_password = "PROXY-PASSWORD-of-many-characters";

void look_for(std::string_view secret)
{
    BOOST_REQUIRE(secret.size() >= piece && piece_count + 2 <= pieces.size());
    std::memcpy(pieces[piece_count++], secret.data(), piece);
    std::memcpy(pieces[piece_count++], secret.data() + secret.size() - piece, piece);
}

// The password, and what Basic authentication makes of it after that user name.
void look_for(std::string const& user, std::string const& password)
{
    look_for(password);
    auto const encoded = detail::base64_encode(user + ":" + password);
    auto const last_of_user = (user.size() + 1 + 2) / 3 * 4; // from here on it is all password
    auto const end = encoded.find_last_not_of('=') - 1;
    look_for(std::string_view(encoded).substr(last_of_user, end - last_of_user));
}

struct all_secrets {
    all_secrets()
    {
        look_for(account_sid, std::string(::test::canary_token));
        look_for(api_key, api_secret);
        look_for(proxy_user, proxy_password);
    }
};
BOOST_TEST_GLOBAL_FIXTURE(all_secrets);

// While it lives, what this thread frees is searched.
class watch {
public:
    watch()
    {
        found = 0;
        watching = true;
    }
    ~watch() { watching = false; }
    int end()
    {
        watching = false;
        return found;
    }
};

simulator_options world(bool tls)
{
    simulator_options o;
    o.tls = tls;
    o.accounts.emplace_back(account_sid, std::string(::test::canary_token)).api_keys.emplace_back(api_key, api_secret);
    return o;
}

provider_options options_for(local_twilio const& twilio, bool tls)
{
    auto o = twilio.options();
    if (!tls)
        o.ca_file.clear();
    return o;
}

void use_key(provider_options& o)
{
    o.auth_token.clear();
    o.api_key = api_key;
    o.api_secret = api_secret;
}

asio::awaitable<void> send_some(provider& p, int from, int n, int& accepted)
{
    for (int i = 0; i < n; ++i) {
        auto const outcome = co_await p.try_send({number(from + i), text()});
        accepted += outcome.has_value();
    }
}

// Made, used and destroyed with these options; what was found in freed memory.
int found_in_a_life(provider_options const& options)
{
    int accepted = 0;
    watch w;
    {
        asio::io_context io;
        provider p(io.get_executor(), options);
        run(io, [](provider& sender, int& count) -> asio::awaitable<void> {
            co_await send_some(sender, 0, 3, count);
            co_await sender.close();
        }(p, accepted));
    }
    auto const result = w.end();
    BOOST_TEST(accepted == 3);
    return result;
}

} // namespace

// The search itself.
BOOST_AUTO_TEST_CASE(a_secret_in_freed_memory_is_found)
{
    BOOST_REQUIRE(openssl_watched);
    {
        watch w;
        {
            std::string const copy = "xx" + std::string(::test::canary_token);
        }
        BOOST_TEST(w.end() > 0);
    }
    {
        watch w;
        {
            auto const encoded = detail::base64_encode(account_sid + ":" + std::string(::test::canary_token));
        }
        BOOST_TEST(w.end() > 0);
    }
    watch w;
    OPENSSL_free(OPENSSL_memdup(::test::canary_token.data(), ::test::canary_token.size()));
    BOOST_TEST(w.end() > 0);
}

BOOST_AUTO_TEST_CASE(with_a_token)
{
    for (bool const tls : {true, false}) {
        local_twilio twilio(world(tls));
        BOOST_TEST(found_in_a_life(options_for(twilio, tls)) == 0);
    }
}

BOOST_AUTO_TEST_CASE(with_an_api_key)
{
    for (bool const tls : {true, false}) {
        local_twilio twilio(world(tls));
        auto options = options_for(twilio, tls);
        use_key(options);
        BOOST_TEST(found_in_a_life(options) == 0);
    }
}

BOOST_AUTO_TEST_CASE(with_a_proxy)
{
    local_twilio twilio(world(true));
    connect_proxy proxy(twilio.server().port());
    auto options = twilio.options();
    options.proxy = "http://" + proxy_user + ":" + proxy_password + "@" + proxy.place();
    BOOST_TEST(found_in_a_life(options) == 0);
    BOOST_TEST(proxy.requests().size() == 1u);
}

BOOST_AUTO_TEST_CASE(options_that_are_refused)
{
    local_twilio twilio(world(true));
    auto options = twilio.options();
    options.api_key = api_key;
    options.api_secret = api_secret;
    options.proxy = "https://" + proxy_user + ":" + proxy_password + "@proxy.example";
    asio::io_context io;
    bool refused = false;
    watch w;
    try {
        provider p(io.get_executor(), options);
    } catch (options_error const&) {
        refused = true;
    }
    BOOST_TEST(w.end() == 0);
    BOOST_TEST(refused);
}

// What is moved in is ours as well.
BOOST_AUTO_TEST_CASE(options_that_are_given_away)
{
    local_twilio twilio(world(true));
    auto options = twilio.options();
    asio::io_context io;
    watch w;
    {
        provider const p(io.get_executor(), std::move(options));
    }
    BOOST_TEST(w.end() == 0);
}

BOOST_AUTO_TEST_CASE(credentials_that_are_replaced)
{
    local_twilio twilio(world(true));
    auto const options = twilio.options();
    int accepted = 0;
    watch w;
    {
        asio::io_context io;
        provider p(io.get_executor(), options);
        run(io, [](provider& sending, int& count) -> asio::awaitable<void> {
            co_await send_some(sending, 0, 3, count);
            sending.replace_credentials(api_key, api_secret);
            co_await send_some(sending, 3, 3, count);
            sending.replace_credentials(::test::canary_token);
            co_await send_some(sending, 6, 3, count);
            co_await sending.close();
        }(p, accepted));
    }
    BOOST_TEST(w.end() == 0);
    BOOST_TEST(accepted == 9);
}

BOOST_AUTO_TEST_CASE(destroyed_while_it_sends)
{
    local_twilio twilio(world(true));
    auto const options = twilio.options();
    watch w;
    {
        asio::io_context io;
        auto p = std::make_unique<provider>(io.get_executor(), options);
        int ended = 0;
        for (int i = 0; i < 100; ++i)
            p->async_send({number(i), text()}, [&ended](result<receipt> const&) { ++ended; });
        while (ended < 40)
            io.run_one();
        p.reset();
        io.poll();
    }
    BOOST_TEST(w.end() == 0);
}

} // namespace twilio_sms::test
