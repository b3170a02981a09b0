#include "net/ssh_connection.h"

#include <sys/socket.h>

#include <array>
#include <new>
#include <string>

#include "core/limits.h"
#include "net/ssh_session.h"

namespace upkeep {

namespace {

SshFailure not_connected(CURLcode code, const Url& jumpbox, const std::string& said) {
    if (code == CURLE_COULDNT_RESOLVE_HOST) {
        return {"the name of the jumpbox, " + jumpbox.host + ", cannot be resolved (" + said + ")",
                "Is the name right, and does /etc/resolv.conf name a server that knows it?", true};
    }
    return {"no connection could be made to the jumpbox " + jumpbox.shown() + " (" + said + ")",
            "Is it up, and may this machine reach it?", true};
}

}  // namespace

SshConnection::SshConnection(const Url& jumpbox, int client, int stop)
    : multi_(curl_multi_init(), curl_multi_cleanup), easy_(curl_easy_init(), curl_easy_cleanup) {
    if (!multi_ || !easy_) {
        throw std::bad_alloc();
    }
    CURL* const easy = easy_.get();
    std::array<char, CURL_ERROR_SIZE> said{};
    const std::string url = "http://" + jumpbox.host + ":" + jumpbox.port;
    curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, static_cast<long>(limits::connect_time.count()));
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, said.data());
    if (curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) {
        throw std::bad_alloc();
    }
    std::array<curl_waitfd, 2> ends{{{client, CURL_WAIT_POLLIN, 0}, {stop, CURL_WAIT_POLLIN, 0}}};
    CURLcode code = CURLE_ABORTED_BY_CALLBACK;
    while (ends[0].revents == 0 && ends[1].revents == 0) {
        int running = 0;
        curl_multi_perform(multi_.get(), &running);
        int left = 0;
        if (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
            code = message->data.result;
            break;
        }
        curl_multi_poll(multi_.get(), ends.data(), ends.size(), 60'000, nullptr);
    }
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, static_cast<char*>(nullptr));
    if (code != CURLE_OK || curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket_) != CURLE_OK) {
        curl_multi_remove_handle(multi_.get(), easy);
        throw not_connected(code, jumpbox,
                            said[0] == '\0' ? curl_easy_strerror(code) : said.data());
    }
}

SshConnection::~SshConnection() {
    curl_multi_remove_handle(multi_.get(), easy_.get());
}

}  // namespace upkeep
