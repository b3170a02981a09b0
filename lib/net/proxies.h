// By which way a server is reached: the endpoint's proxy, else what the environment says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "net/endpoint.h"
#include "system/environment.h"

namespace upkeep {

// The proxy for the endpoint, from its `proxy` or from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and
// NO_PROXY (or their small forms, which win); nothing for a direct way. A proxy without a scheme is
// an HTTP one. Throws Failure for a variable that holds no URL.
std::optional<Url> proxy_for(const Endpoint& endpoint, const Environment& environment);

// NO_PROXY: names and addresses separated by commas or blanks; "*" is all; "example.com" and
// ".example.com" stand for the name and all below it; "10.0.0.0/8" for addresses (IPv4); a port may
// follow a name.
bool is_excluded(std::string_view no_proxy, std::string_view host, std::string_view port);

}  // namespace upkeep
