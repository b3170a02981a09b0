// What the environment of the bosh CLI says: BOSH_ENVIRONMENT and the others, and ~/.bosh/config.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/json.h"
#include "system/environment.h"

namespace upkeep::bosh {

// The content of a file, or nothing where there is none; throws Failure for one that cannot be
// read.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

struct CliDirector {
    json::object block;  // as under `director` of a source
    // For when it cannot be reached: "stagging is no alias of ~/.bosh/config, ...", or that its
    // jumpbox's key is revoked; or empty.
    std::string hint;
};

// The director that the environment means, as `bosh -e NAMED` would take it: a
// URL, a host or an alias; without `named`, BOSH_ENVIRONMENT. Nothing where neither is given.
// Throws Failure for what is given by halves, a file that is not there, a config that is none.
std::optional<CliDirector> cli_director(const std::optional<std::string>& named,
                                        const Environment& environment, const FileReader& read);

}  // namespace upkeep::bosh
