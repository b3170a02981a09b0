// What a known_hosts file says of one host.
#pragma once

#include <string>
#include <string_view>

namespace upkeep {

// Its lines that name the host, plainly, by a pattern or hashed, without their names: "ssh-ed25519
// AAAA..."; a host at another port than 22 is "[host]:port" there, and, where no line is that,
// plainly its host, as for ssh. `host` is as in a URL, IPv6 in brackets. Lines that begin with a
// marker (@revoked, @cert-authority) name nobody, and a key that one revokes is left out. Throws
// std::invalid_argument where that leaves none of the host's.
std::string known_host_keys(std::string_view known_hosts, std::string_view host,
                            std::string_view port);

}  // namespace upkeep
