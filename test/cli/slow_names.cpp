// Preloaded into the tool: a name service that does not answer.
#include <netdb.h>
#include <unistd.h>

extern "C" int getaddrinfo(char const*, char const*, addrinfo const*, addrinfo**)
{
    ::sleep(30);
    return EAI_AGAIN;
}
