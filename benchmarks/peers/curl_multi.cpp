// A peer: libcurl's multi interface with epoll (curl_multi_socket_action), which is its fastest; the certificate is
// verified, the answer only collected, nothing of it decoded.
//   curl_multi IN_FLIGHT SECONDS
#include "measure.hpp"
#include <curl/curl.h>
#include <deque>
#include <sys/epoll.h>
#include <unistd.h>

namespace {

struct transfer {
    CURL* easy = curl_easy_init();
    std::string answer;
    peer::steady::time_point begun;
};

std::size_t collect(char* data, std::size_t size, std::size_t count, void* into)
{
    static_cast<std::string*>(into)->append(data, size * count);
    return size * count;
}

struct loop {
    CURLM* multi = curl_multi_init();
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    long timeout_ms = -1;
    long under_way = 0; // and not taken note of, which libcurl's count does not tell
};

int watch(CURL*, curl_socket_t socket, int what, void* user, void* known)
{
    auto& l = *static_cast<loop*>(user);
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(l.epoll, EPOLL_CTL_DEL, socket, nullptr);
        return 0;
    }
    epoll_event event{};
    event.data.fd = socket;
    event.events = (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
    if (epoll_ctl(l.epoll, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, socket, &event) != 0)
        epoll_ctl(l.epoll, known ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event);
    curl_multi_assign(l.multi, socket, &l);
    return 0;
}

int set_timeout(CURLM*, long milliseconds, void* user)
{
    static_cast<loop*>(user)->timeout_ms = milliseconds;
    return 0;
}

void begin(loop& l, transfer& t)
{
    t.answer.clear();
    t.begun = peer::steady::now();
    ++l.under_way;
    curl_multi_add_handle(l.multi, t.easy);
}

void prepare(transfer& t, peer::request const& wanted, curl_slist* headers)
{
    static std::string const url = wanted.url + wanted.path;
    curl_easy_setopt(t.easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(t.easy, CURLOPT_CAINFO, wanted.ca_file.c_str());
    curl_easy_setopt(t.easy, CURLOPT_POSTFIELDS, wanted.form.c_str());
    curl_easy_setopt(t.easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(wanted.form.size()));
    curl_easy_setopt(t.easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(t.easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(t.easy, CURLOPT_TIMEOUT_MS, 30'000L);
    curl_easy_setopt(t.easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(t.easy, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(t.easy, CURLOPT_WRITEDATA, &t.answer);
    curl_easy_setopt(t.easy, CURLOPT_PRIVATE, &t);
}

/// Notes what has ended, and begins again until the time is over. True when it did.
bool next_ones(loop& l, peer::measurement& m)
{
    bool begun = false;
    int left = 0;
    while (auto const* const message = curl_multi_info_read(l.multi, &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        transfer* t = nullptr;
        long status = 0;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
        curl_easy_getinfo(message->easy_handle, CURLINFO_RESPONSE_CODE, &status);
        m.done(t->begun, message->data.result == CURLE_OK && status == 201 && !t->answer.empty());
        curl_multi_remove_handle(l.multi, t->easy);
        --l.under_way;
        if (!m.over()) {
            begin(l, *t);
            begun = true;
        }
    }
    return begun;
}

/// Lets those go on that were begun, and those that begin when they have ended already.
void drive(loop& l, peer::measurement& m)
{
    int running = 0;
    do
        curl_multi_socket_action(l.multi, CURL_SOCKET_TIMEOUT, 0, &running);
    while (next_ones(l, m));
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::fprintf(stderr, "usage: curl_multi IN_FLIGHT SECONDS   (compare.sh sets the environment)\n");
        return 2;
    }
    try {
        peer::request const wanted;
        curl_global_init(CURL_GLOBAL_DEFAULT);
        curl_slist* headers = nullptr;
        for (auto const& line : {"Authorization: Basic " + wanted.basic, std::string("Accept: application/json"),
                                 std::string("User-Agent: curl"), std::string("Expect:")})
            headers = curl_slist_append(headers, line.c_str());
        loop l;
        long const connections = std::atol(argv[1]);
        curl_multi_setopt(l.multi, CURLMOPT_SOCKETFUNCTION, watch);
        curl_multi_setopt(l.multi, CURLMOPT_SOCKETDATA, &l);
        curl_multi_setopt(l.multi, CURLMOPT_TIMERFUNCTION, set_timeout);
        curl_multi_setopt(l.multi, CURLMOPT_TIMERDATA, &l);
        curl_multi_setopt(l.multi, CURLMOPT_MAXCONNECTS, connections);
        curl_multi_setopt(l.multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));

        peer::measurement m(std::atof(argv[2]));
        std::deque<transfer> transfers(static_cast<std::size_t>(connections));
        for (auto& t : transfers) {
            prepare(t, wanted, headers);
            begin(l, t);
        }
        drive(l, m);
        epoll_event events[256];
        while (l.under_way > 0) {
            int const wait = l.timeout_ms < 0 ? 1'000 : static_cast<int>(std::min(l.timeout_ms, 1'000L));
            int const ready = epoll_wait(l.epoll, events, 256, wait);
            for (int i = 0; i < ready; ++i) {
                int const what = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
                                 (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
                                 (events[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
                int running = 0;
                curl_multi_socket_action(l.multi, events[i].data.fd, what, &running);
            }
            if (next_ones(l, m) || ready == 0 || l.timeout_ms == 0)
                drive(l, m);
        }
        return m.report("libcurl");
    } catch (std::exception const& e) {
        std::fprintf(stderr, "curl_multi: %s\n", e.what());
        return 2;
    }
}
