#include "net/ssh_tunnel.h"

#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <system_error>

#include "core/failure.h"
#include "net/ssh_pump.h"
#include "system/descriptor.h"

namespace upkeep {

namespace {

// A TCP socket of this machine alone, at a free port, and its address.
Descriptor bound_socket(sockaddr_in& address, int flags) {
    Descriptor made(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0));
    auto* const place = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (made.get() < 0 || bind(made.get(), place, size) != 0 ||
        getsockname(made.get(), place, &size) != 0) {
        throw SshFailure("the system gives no more sockets: " + error_text(),
                         "Is the limit of open files (ulimit -n) too low?", true);
    }
    return made;
}

// The one connection that was expected, from `wanted`, or none where it does not come. The door is
// closed then; other processes may have knocked.
// NOLINTNEXTLINE(performance-unnecessary-value-param): what is handed in is closed at the end.
Descriptor let_in(std::shared_ptr<Descriptor> door, const sockaddr_in& wanted, const Stop& stop) {
    constexpr int soon_ms = 10'000;
    while (true) {
        std::array<pollfd, 2> events{{{door->get(), POLLIN, 0}, {stop.descriptor(), POLLIN, 0}}};
        if (poll(events.data(), events.size(), soon_ms) == 0 || events[1].revents != 0) {
            return Descriptor(-1);
        }
        sockaddr_in from{};
        socklen_t size = sizeof from;
        Descriptor client(accept4(door->get(), reinterpret_cast<sockaddr*>(&from), &size,
                                  SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (client.get() >= 0 && from.sin_port == wanted.sin_port &&
            from.sin_addr.s_addr == wanted.sin_addr.s_addr) {
            const int at_once = 1;
            setsockopt(client.get(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
            return client;
        }
    }
}

}  // namespace

void SshProgress::reach(const std::string& stage) {
    const std::lock_guard lock(mutex_);
    stage_ = stage;
}

void SshProgress::fail(const SshFailure& failure) {
    const std::lock_guard lock(mutex_);
    failure_ = failure;
}

std::string SshProgress::stage() const {
    const std::lock_guard lock(mutex_);
    return stage_;
}

std::optional<SshFailure> SshProgress::failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
}

SshTunnels::~SshTunnels() {
    for (Tunnel& tunnel : tunnels_) {
        tunnel.thread.join();
    }
}

void SshTunnels::forget_ended() {
    for (auto tunnel = tunnels_.begin(); tunnel != tunnels_.end();) {
        if (tunnel->ended) {
            tunnel->thread.join();
            tunnel = tunnels_.erase(tunnel);
        } else {
            ++tunnel;
        }
    }
}

SshEntrance SshTunnels::open(const SshWay& way, const std::shared_ptr<SshProgress>& progress) {
    sockaddr_in address{};
    sockaddr_in wanted{};
    auto door = std::make_shared<Descriptor>(bound_socket(address, SOCK_NONBLOCK));
    SshEntrance entrance{address, bound_socket(wanted, 0)};
    if (listen(door->get(), 8) != 0) {
        throw SshFailure("the system lets nothing listen: " + error_text(), "", true);
    }
    const std::lock_guard lock(mutex_);
    forget_ended();
    Tunnel& tunnel = tunnels_.emplace_back();
    try {
        tunnel.thread =
            std::thread([&tunnel, way, progress, door, wanted, &stop = stop_]() mutable {
                const Descriptor client = let_in(std::move(door), wanted, stop);
                if (client.get() >= 0) {
                    run_ssh_way(way, *progress, client.get(), stop);
                }
                tunnel.ended = true;
            });
    } catch (const std::system_error& error) {
        tunnels_.pop_back();
        throw SshFailure(std::string("the system gives no more threads: ") + error.what(), "",
                         true);
    }
    return entrance;
}

}  // namespace upkeep
