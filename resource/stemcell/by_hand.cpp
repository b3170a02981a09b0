#include "resource/stemcell/by_hand.h"

#include "bosh/cli_environment.h"
#include "core/limits.h"
#include "system/files.h"

namespace upkeep::stemcell {

void complete_source(json::object& source, World& world) {
    std::optional<std::string> named;
    if (const json::value* given = source.if_contains("director")) {
        named = given->as_string();
    } else if (source.contains("deployments_file") || source.contains("deployments_url")) {
        return;
    }
    const auto read = [&](const std::string& path) -> std::optional<std::string> {
        return exists(path) ? std::optional(read_file(path, limits::source_bytes, "reading " + path,
                                                      world.stop))
                            : std::nullopt;
    };
    if (auto director = bosh::cli_director(named, world.environment, read)) {
        if (source.contains("proxy_host_key")) {
            director->erase("proxy_host_key");  // the option wins
        }
        source["director"] = std::move(*director);
    }
}

}  // namespace upkeep::stemcell
