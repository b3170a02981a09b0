// fly's own sign-ins, in ~/.flyrc: people sign in there by SSO, which nothing else can.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"

namespace upkeep::atc {

// The target of this name as a `concourse` block of a source: url, token, ca_cert. `path` is what
// messages call the file. Throws Failure for what is no such file, a target that is not in it (with
// those that are), one that is not signed in, and what upkeep does not do: --insecure, client
// certificates.
json::object fly_target(const std::string& name, std::string_view flyrc, const std::string& path);

}  // namespace upkeep::atc
