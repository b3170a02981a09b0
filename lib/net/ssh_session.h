// SSH with one jumpbox over a socket that is connected to it: its key, signing in, one channel.
#pragma once

#include <libssh2.h>

#include <functional>
#include <memory>
#include <string>

#include "core/failure.h"
#include "core/secret.h"
#include "net/ssh_host_key.h"

namespace upkeep {

// Why a way through a jumpbox came to nothing.
class SshFailure : public Failure {
  public:
    SshFailure(const std::string& why, const std::string& advice, bool may_pass)
        : Failure("connecting through a jumpbox", why, advice), may_pass_(may_pass) {}
    bool may_pass() const { return may_pass_; }

  private:
    bool may_pass_;
};

class SshSession {
  public:
    // Waits for the socket to be ready for these events of poll; throws to give up.
    using Wait = std::function<void(short events)>;

    // `jumpbox` is its URL, for messages; of the keys that it has, one like those in `known` is
    // asked for. All throw SshFailure, and what `wait` throws.
    SshSession(int socket, std::string jumpbox, const SshHostKeys& known, Wait wait);
    std::string host_key();  // as SSH writes it
    void sign_in(const std::string& user, const Secret& key);
    // '\0', or with which code of SOCKS5 it was refused.
    char open_channel(const std::string& host, int port);

    // As those of libssh2: LIBSSH2_ERROR_EAGAIN where they would have to wait.
    ssize_t read(char* to, std::size_t most);
    ssize_t write(const char* from, std::size_t size);
    bool ended() const;
    short wanted_events() const;

  private:
    template <typename Call>
    int complete(Call call);
    [[noreturn]] void fail(const std::string& what, int code);

    struct Free {
        void operator()(LIBSSH2_SESSION* session) const { libssh2_session_free(session); }
    };

    std::string jumpbox_;
    Wait wait_;
    std::unique_ptr<LIBSSH2_SESSION, Free> session_;
    LIBSSH2_CHANNEL* channel_ = nullptr;  // freed with the session
};

}  // namespace upkeep
