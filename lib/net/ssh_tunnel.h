// Ways through jumpboxes: for each connection that curl makes, SSH of its own in a thread of its
// own, to which curl speaks SOCKS5 over a local socket. Nothing is shared, so nothing that hangs
// holds up anything else; when curl closes its end, after its own deadlines, the rest ends too.
#pragma once

#include <netinet/in.h>

#include <atomic>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/secret.h"
#include "net/ssh_host_key.h"
#include "net/ssh_session.h"
#include "net/url.h"
#include "system/descriptor.h"
#include "system/stop.h"

namespace upkeep {

struct SshWay {
    Url jumpbox;  // with its user
    std::optional<Secret> key;
    std::optional<SshHostKeys> host_keys;
};

// How one of them fares; shared by its thread and the transfer that began it.
class SshProgress {
  public:
    void reach(const std::string& stage);
    void fail(const SshFailure& failure);

    std::string stage() const;  // "waiting for the jumpbox"
    std::optional<SshFailure> failure() const;

  private:
    mutable std::mutex mutex_;
    std::string stage_;
    std::optional<SshFailure> failure_;
};

// A local address, and the socket that may connect to it; no other may. curl insists on connecting
// by itself, and keeps for the next request only what is connected to an IP address.
struct SshEntrance {
    sockaddr_in address{};
    Descriptor socket;
};

class SshTunnels {
  public:
    explicit SshTunnels(const Stop& stop) : stop_(stop) {}
    SshTunnels(const SshTunnels&) = delete;
    SshTunnels& operator=(const SshTunnels&) = delete;
    ~SshTunnels();  // waits for those whose sockets are still open

    // Makes a way and returns where it is entered, speaking SOCKS5. From any thread.
    SshEntrance open(const SshWay& way, const std::shared_ptr<SshProgress>& progress);

  private:
    struct Tunnel {
        std::atomic<bool> ended = false;
        std::thread thread;
    };

    void forget_ended();

    const Stop& stop_;
    std::mutex mutex_;
    std::list<Tunnel> tunnels_;
};

}  // namespace upkeep
