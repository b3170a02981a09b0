// What the thread of one way through a jumpbox does, from its beginning to its end.
#pragma once

#include "net/ssh_tunnel.h"

namespace upkeep {

// Speaks SOCKS5 with `client`, a connected socket, and leads it through the jumpbox to where it
// asks for. Returns when either side has closed or a stop is requested; what goes wrong is noted in
// `progress` before. Throws nothing.
void run_ssh_way(const SshWay& way, SshProgress& progress, int client, const Stop& stop) noexcept;

}  // namespace upkeep
