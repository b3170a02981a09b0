// A TCP connection to a jumpbox, made by curl: c-ares resolves its name, all its addresses are
// tried.
#pragma once

#include <curl/curl.h>

#include <memory>

#include "net/url.h"

namespace upkeep {

class SshConnection {
  public:
    // Ends as soon as `client` or `stop` becomes readable: with a failure that nobody will read.
    // Throws SshFailure.
    SshConnection(const Url& jumpbox, int client, int stop);
    SshConnection(const SshConnection&) = delete;
    SshConnection& operator=(const SshConnection&) = delete;
    ~SshConnection();

    int socket() const { return socket_; }

  private:
    std::unique_ptr<CURLM, CURLMcode (*)(CURLM*)> multi_;
    std::unique_ptr<CURL, void (*)(CURL*)> easy_;
    curl_socket_t socket_ = CURL_SOCKET_BAD;
};

}  // namespace upkeep
