#include "tests/net/scripted_server.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace {

int listening(bool ipv6) {
    const int socket_ = socket(ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_addr = in6addr_loopback;
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const auto* address =
        ipv6 ? reinterpret_cast<sockaddr*>(&six) : reinterpret_cast<sockaddr*>(&four);
    if (bind(socket_, address, ipv6 ? sizeof six : sizeof four) != 0 || listen(socket_, 128) != 0) {
        close(socket_);
        throw std::runtime_error("a server for the tests cannot listen");
    }
    return socket_;
}

std::uint16_t port_of(int socket_) {
    sockaddr_in6 address{};
    socklen_t size = sizeof address;
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin6_port);  // at the same place in both families
}

}  // namespace

void Peer::say(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string Peer::hear(std::size_t count) const {
    std::string text(count, '\0');
    const ssize_t got = recv(socket_, text.data(), count, MSG_WAITALL);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return text;
}

std::string Peer::hear_until(std::string_view end) const {
    std::string text;
    while (!text.ends_with(end)) {
        const std::string byte = hear(1);
        if (byte.empty()) {
            break;
        }
        text += byte;
    }
    return text;
}

void Peer::pause(std::chrono::milliseconds time) const {
    pollfd gone{socket_, POLLRDHUP, 0};
    poll(&gone, 1, static_cast<int>(time.count()));
}

void Peer::hear_the_end() const {
    while (!hear(1).empty()) {
    }
}

ScriptedServer::ScriptedServer(Script script, bool ipv6)
    : script_(std::move(script)),
      ipv6_(ipv6),
      listener_(listening(ipv6)),
      port_(port_of(listener_)),
      accepting_([this] { accept_all(); }) {}

ScriptedServer::~ScriptedServer() {
    shutdown(listener_, SHUT_RDWR);
    accepting_.join();
    {
        const std::lock_guard lock(mutex_);
        for (const int socket_ : sockets_) {
            shutdown(socket_, SHUT_RDWR);
        }
    }
    for (std::thread& thread : threads_) {
        thread.join();
    }
    close(listener_);
}

std::string ScriptedServer::authority() const {
    return (ipv6_ ? "[::1]:" : "127.0.0.1:") + std::to_string(port_);
}

void ScriptedServer::note_one_more() {
    const std::lock_guard lock(mutex_);
    most_at_once_ = std::max(most_at_once_.load(), ++at_once_);
}

void ScriptedServer::accept_all() {
    for (int socket_ = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC); socket_ >= 0;
         socket_ = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) {
        const std::lock_guard lock(mutex_);
        sockets_.push_back(socket_);
        const int connection = ++connections_;
        threads_.emplace_back([this, socket_, connection] {
            note_one_more();
            script_(Peer(socket_), connection);
            --at_once_;
            const std::lock_guard closing(mutex_);
            sockets_.remove(socket_);
            close(socket_);
        });
    }
}
