#include "net/ssh_pump.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <exception>
#include <string>
#include <string_view>

#include "net/ssh_connection.h"

namespace upkeep {

namespace {

// The client has gone, or a stop is requested: nobody wants to know more.
struct Unwanted {};

struct Target {
    std::string host;
    int port = 0;
};

class Way {
  public:
    Way(const SshWay& way, SshProgress& progress, int client, const Stop& stop)
        : way_(way), progress_(progress), client_(client), stop_(stop) {}

    void run();

  private:
    std::string hear(std::size_t count);
    void say(std::string_view bytes);
    Target hear_target();
    void check_host_key(SshSession& session);
    void wait(int socket, short events, short client_events);
    void pump(SshSession& session, int socket);
    bool pass_up(SshSession& session);
    bool pass_down(SshSession& session);

    const SshWay& way_;
    SshProgress& progress_;
    int client_;
    const Stop& stop_;
    std::string up_;    // from the client, to be sent
    std::string down_;  // to the client
    bool ended_ = false;
};

// Shut down before the session is freed, which would else wait to say farewell.
class ShutDown {
  public:
    explicit ShutDown(int socket) : socket_(socket) {}
    ShutDown(const ShutDown&) = delete;
    ShutDown& operator=(const ShutDown&) = delete;
    ~ShutDown() { shutdown(socket_, SHUT_RDWR); }

  private:
    int socket_;
};

void Way::wait(int socket, short events, short client_events) {
    constexpr short gone = POLLRDHUP | POLLHUP | POLLERR;
    std::array<pollfd, 3> all{{{client_, static_cast<short>(client_events | POLLRDHUP), 0},
                               {stop_.descriptor(), POLLIN, 0},
                               {socket, events, 0}}};
    while (poll(all.data(), all.size(), -1) < 0 && errno == EINTR) {
    }
    if ((all[0].revents & gone) != 0 || all[1].revents != 0) {
        throw Unwanted();
    }
}

std::string Way::hear(std::size_t count) {
    std::string text;
    while (text.size() < count) {
        std::array<char, 256> bytes{};
        const ssize_t got =
            recv(client_, bytes.data(), std::min(bytes.size(), count - text.size()), MSG_DONTWAIT);
        if (got > 0) {
            text.append(bytes.data(), static_cast<std::size_t>(got));
        } else if (got == 0) {
            throw Unwanted();
        } else {
            wait(-1, 0, POLLIN);
        }
    }
    return text;
}

// Little enough for the socket to take it at once.
void Way::say(std::string_view bytes) {
    if (send(client_, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) {
        throw Unwanted();
    }
}

// Of SOCKS5 as curl speaks it.
Target Way::hear_target() {
    constexpr char is_ipv4 = 1;
    constexpr char is_name = 3;
    const auto number = [](char c) { return static_cast<int>(static_cast<unsigned char>(c)); };
    const std::string greeting = hear(2);
    hear(static_cast<std::size_t>(number(greeting[1])));
    say(std::string_view("\5\0", 2));
    const std::string head = hear(4);
    Target target;
    if (head[3] == is_name) {
        target.host = hear(static_cast<std::size_t>(number(hear(1)[0])));
    } else {
        const bool four = head[3] == is_ipv4;
        const std::string address = hear(four ? 4 : 16);
        std::array<char, INET6_ADDRSTRLEN> text{};
        inet_ntop(four ? AF_INET : AF_INET6, address.data(), text.data(), text.size());
        target.host = text.data();
    }
    const std::string port = hear(2);
    target.port = number(port[0]) * 256 + number(port[1]);
    return target;
}

void Way::check_host_key(SshSession& session) {
    const std::string seen = session.host_key();
    const std::string what = ssh_key_type(seen) + " " + ssh_key_fingerprint(seen);
    const std::string jumpbox = way_.jumpbox.shown();
    if (!way_.host_keys) {
        throw SshFailure(
            "the host key of the jumpbox " + jumpbox + " is not known; it shows " + what,
            "If that is its key, give it (by hand: --proxy-host-key, or ~/.ssh/known_hosts): "
            "proxy_host_key: " +
                ssh_key_line(seen),
            false);
    }
    if (!way_.host_keys->has(seen)) {
        const std::string type = ssh_key_type(seen);
        const bool may_be_of_another = !way_.host_keys->fingerprints.empty();
        throw SshFailure("the jumpbox " + jumpbox + " shows another host key, " + what +
                             ", than the one given, " + way_.host_keys->shown(),
                         "Somebody may be listening in. If it has a new key, give that as "
                         "proxy_host_key." +
                             (may_be_of_another
                                  ? " If the fingerprint is of a key of another type than " + type +
                                        ", which only the whole key says, give that: "
                                        "proxy_host_key: TYPE AAAA..."
                                  : ""),
                         false);
    }
}

void Way::run() {
    const std::string jumpbox = way_.jumpbox.shown();
    progress_.reach("for the jumpbox " + jumpbox + " to be reached");
    const Target target = hear_target();
    if (!way_.key) {
        throw SshFailure("there is no private key for the jumpbox " + jumpbox,
                         "Give its text as proxy_key; by hand, its path: "
                         "BOSH_ALL_PROXY=ssh+socks5://USER@HOST:22?private-key=PATH.",
                         false);
    }
    const SshConnection connection(way_.jumpbox, client_, stop_.descriptor());
    const int socket = connection.socket();
    progress_.reach("for the jumpbox " + jumpbox + " to answer");
    SshSession session(socket, jumpbox, way_.host_keys.value_or(SshHostKeys()),
                       [&](short events) { wait(socket, events, 0); });
    const ShutDown before_the_end(socket);
    check_host_key(session);
    progress_.reach("to be let in by the jumpbox " + jumpbox);
    session.sign_in(way_.jumpbox.username.value_or(""), *way_.key);
    progress_.reach("for the jumpbox " + jumpbox + " to connect to " + target.host + ":" +
                    std::to_string(target.port));
    const char refused = session.open_channel(target.host, target.port);
    say(std::string{'\5', refused, '\0', '\1', '\0', '\0', '\0', '\0', '\0', '\0'});
    progress_.reach("");
    if (refused == '\0') {
        pump(session, socket);
    }
}

// Whether something was passed on.
bool Way::pass_up(SshSession& session) {
    std::array<char, 8192> buffer{};
    bool passed = false;
    if (up_.empty()) {
        const ssize_t got = recv(client_, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got == 0) {
            throw Unwanted();
        }
        if (got > 0) {
            up_.assign(buffer.data(), static_cast<std::size_t>(got));
            passed = true;
        }
    }
    if (!up_.empty()) {
        const ssize_t sent = session.write(up_.data(), up_.size());
        if (sent > 0) {
            up_.erase(0, static_cast<std::size_t>(sent));
            passed = true;
        } else if (sent != LIBSSH2_ERROR_EAGAIN) {
            ended_ = true;
        }
    }
    return passed;
}

bool Way::pass_down(SshSession& session) {
    std::array<char, 8192> buffer{};
    bool passed = false;
    if (down_.empty() && !ended_) {
        const ssize_t got = session.read(buffer.data(), buffer.size());
        if (got > 0) {
            down_.assign(buffer.data(), static_cast<std::size_t>(got));
            passed = true;
        } else if (got != LIBSSH2_ERROR_EAGAIN) {
            ended_ = got < 0 || session.ended();
        }
    }
    if (!down_.empty()) {
        const ssize_t sent = send(client_, down_.data(), down_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (sent > 0) {
            down_.erase(0, static_cast<std::size_t>(sent));
            passed = true;
        }
    }
    return passed;
}

void Way::pump(SshSession& session, int socket) {
    while (!ended_ || !down_.empty()) {
        const bool up = !ended_ && pass_up(session);
        const bool down = pass_down(session);
        if (up || down || (ended_ && down_.empty())) {
            continue;
        }
        const bool reads = !ended_ && (down_.empty() || !up_.empty());
        const int client_events = (up_.empty() ? POLLIN : 0) | (down_.empty() ? 0 : POLLOUT);
        wait(reads ? socket : -1, static_cast<short>(session.wanted_events() | POLLIN),
             static_cast<short>(ended_ ? POLLOUT : client_events));
    }
}

}  // namespace

void run_ssh_way(const SshWay& way, SshProgress& progress, int client, const Stop& stop) noexcept {
    try {
        Way(way, progress, client, stop).run();
    } catch (const Unwanted&) {
        // Nobody is there to be told.
    } catch (const SshFailure& failure) {
        progress.fail(failure);
    } catch (const std::exception& error) {
        progress.fail(SshFailure(error.what(), "", false));
    }
}

}  // namespace upkeep
