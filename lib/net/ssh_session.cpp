#include "net/ssh_session.h"

#include <poll.h>

#include <mutex>
#include <new>
#include <string_view>

namespace upkeep {

namespace {

void initialize() {
    static std::once_flag once;
    std::call_once(once, [] { libssh2_init(LIBSSH2_INIT_NO_CRYPTO); });  // OpenSSL is ready
}

bool has_ended(int socket) {
    constexpr short gone = POLLRDHUP | POLLHUP | POLLERR;
    pollfd end{socket, gone, 0};
    return poll(&end, 1, 0) > 0 && (end.revents & gone) != 0;
}

// All but those of old; first what can be compared.
std::string wanted_types(const SshHostKeys& known) {
    const std::string rsa = "rsa-sha2-512,rsa-sha2-256,";
    std::string types;
    for (const std::string& blob : known.blobs) {
        const std::string type = ssh_key_type(blob);
        types += type == "ssh-rsa" ? rsa : type + ",";
    }
    return types + "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521," +
           rsa.substr(0, rsa.size() - 1);
}

}  // namespace

SshSession::SshSession(int socket, std::string jumpbox, const SshHostKeys& known, Wait wait)
    : jumpbox_(std::move(jumpbox)), wait_(std::move(wait)) {
    initialize();
    session_.reset(libssh2_session_init_ex(nullptr, nullptr, nullptr, nullptr));
    if (!session_) {
        throw std::bad_alloc();
    }
    libssh2_session_set_blocking(session_.get(), 0);
    libssh2_session_method_pref(session_.get(), LIBSSH2_METHOD_HOSTKEY,
                                wanted_types(known).c_str());
    const int code = complete([&] { return libssh2_session_handshake(session_.get(), socket); });
    if (code != 0) {
        // libssh2 tells a cut-off exchange of keys like one that led to nothing.
        const bool was_cut_off = code != LIBSSH2_ERROR_ALLOC && has_ended(socket);
        fail("does not speak SSH as it should",
             was_cut_off ? LIBSSH2_ERROR_SOCKET_DISCONNECT : code);
    }
}

template <typename Call>
int SshSession::complete(Call call) {
    int code = call();
    while (code == LIBSSH2_ERROR_EAGAIN) {
        wait_(wanted_events());
        code = call();
    }
    return code;
}

void SshSession::fail(const std::string& what, int code) {
    char* said = nullptr;
    libssh2_session_last_error(session_.get(), &said, nullptr, 0);
    if (code == LIBSSH2_ERROR_ALLOC) {
        throw std::bad_alloc();
    }
    const bool was_cut_off = code == LIBSSH2_ERROR_SOCKET_DISCONNECT ||
                             code == LIBSSH2_ERROR_SOCKET_RECV ||
                             code == LIBSSH2_ERROR_SOCKET_SEND || code == LIBSSH2_ERROR_BANNER_RECV;
    throw SshFailure("the jumpbox " + jumpbox_ + " " +
                         (was_cut_off ? "closed the connection" : what) + " (" +
                         (said == nullptr ? "" : said) + ")",
                     "Is it an SSH server, on this port? Its own log should say more.",
                     // What is cut off within the exchange of keys may come as this, too.
                     was_cut_off || code == LIBSSH2_ERROR_KEY_EXCHANGE_FAILURE);
}

short SshSession::wanted_events() const {
    const int directions = libssh2_session_block_directions(session_.get());
    const bool out = (directions & LIBSSH2_SESSION_BLOCK_OUTBOUND) != 0;
    const bool in = (directions & LIBSSH2_SESSION_BLOCK_INBOUND) != 0;
    return static_cast<short>((out ? POLLOUT : 0) | (in || !out ? POLLIN : 0));
}

std::string SshSession::host_key() {
    std::size_t size = 0;
    int type = 0;
    const char* const key = libssh2_session_hostkey(session_.get(), &size, &type);
    return key == nullptr ? "" : std::string(key, size);
}

void SshSession::sign_in(const std::string& user, const Secret& key) {
    const std::string& text = key.reveal();
    const int code = complete([&] {
        return libssh2_userauth_publickey_frommemory(session_.get(), user.data(), user.size(),
                                                     nullptr, 0, text.data(), text.size(), nullptr);
    });
    if (code == 0) {
        return;
    }
    if (code == LIBSSH2_ERROR_AUTHENTICATION_FAILED || code == LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED) {
        throw SshFailure("the jumpbox " + jumpbox_ + " does not take the key for " + user,
                         "Is its public key among the authorized_keys of " + user + " there?",
                         false);
    }
    if (code == LIBSSH2_ERROR_FILE || code == LIBSSH2_ERROR_KEYFILE_AUTH_FAILED) {
        throw SshFailure("the private key for the jumpbox " + jumpbox_ + " cannot be read",
                         "Give it whole in PEM or OpenSSH's form, with its line breaks.", false);
    }
    fail("did not let " + user + " in", code);
}

char SshSession::open_channel(const std::string& host, int port) {
    constexpr char not_allowed = 2;
    constexpr char unreachable = 1;
    const int code = complete([&] {
        channel_ =
            libssh2_channel_direct_tcpip_ex(session_.get(), host.c_str(), port, "127.0.0.1", 0);
        return channel_ != nullptr ? 0 : libssh2_session_last_errno(session_.get());
    });
    if (code == 0) {
        return 0;
    }
    if (code != LIBSSH2_ERROR_CHANNEL_FAILURE) {
        fail("did not connect to " + host, code);
    }
    char* said = nullptr;
    libssh2_session_last_error(session_.get(), &said, nullptr, 0);
    const std::string_view reason = said == nullptr ? "" : said;
    return reason.find("prohibited") != std::string_view::npos ? not_allowed : unreachable;
}

ssize_t SshSession::read(char* to, std::size_t most) {
    return libssh2_channel_read_ex(channel_, 0, to, most);
}

ssize_t SshSession::write(const char* from, std::size_t size) {
    return libssh2_channel_write_ex(channel_, 0, from, size);
}

bool SshSession::ended() const {
    return libssh2_channel_eof(channel_) != 0;
}

}  // namespace upkeep
