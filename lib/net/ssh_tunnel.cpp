#include "net/ssh_tunnel.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <system_error>

#include "core/failure.h"
#include "net/ssh_pump.h"
#include "system/descriptor.h"

namespace upkeep {

namespace {

bool is_of_this_process(int client) {
    ucred who{};
    socklen_t size = sizeof who;
    return getsockopt(client, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 && who.pid == getpid();
}

// The one connection that was expected, or none where it does not come. The door is closed then.
// NOLINTNEXTLINE(performance-unnecessary-value-param): what is handed in is closed at the end.
Descriptor let_in(std::shared_ptr<Descriptor> door, const Stop& stop) {
    constexpr int soon_ms = 10'000;
    while (true) {
        std::array<pollfd, 2> wanted{{{door->get(), POLLIN, 0}, {stop.descriptor(), POLLIN, 0}}};
        if (poll(wanted.data(), wanted.size(), soon_ms) == 0 || wanted[1].revents != 0) {
            return Descriptor(-1);
        }
        Descriptor client(accept4(door->get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (client.get() >= 0 && is_of_this_process(client.get())) {
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
    SshEntrance entrance;
    entrance.address.sun_family = AF_UNIX;
    auto* const address = reinterpret_cast<sockaddr*>(&entrance.address);
    auto door = std::make_shared<Descriptor>(
        socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    // Bound to no name, it gets one of its own.
    if (door->get() < 0 || bind(door->get(), address, sizeof(sa_family_t)) != 0 ||
        listen(door->get(), 1) != 0 || getsockname(door->get(), address, &entrance.size) != 0) {
        throw SshFailure("the system gives no more sockets: " + error_text(),
                         "Is the limit of open files (ulimit -n) too low?", true);
    }
    const std::lock_guard lock(mutex_);
    forget_ended();
    Tunnel& tunnel = tunnels_.emplace_back();
    try {
        tunnel.thread = std::thread([&tunnel, way, progress, door, &stop = stop_]() mutable {
            const Descriptor client = let_in(std::move(door), stop);
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
