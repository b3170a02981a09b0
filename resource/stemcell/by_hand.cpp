#include "resource/stemcell/by_hand.h"

#include <array>
#include <utility>

#include "bosh/cli_environment.h"
#include "core/limits.h"
#include "system/files.h"

namespace upkeep::stemcell {

std::string complete_source(json::object& source, World& world) {
    std::optional<std::string> named;
    if (const json::value* given = source.if_contains("director")) {
        named = given->as_string();
    } else if (source.contains("deployments_file") || source.contains("deployments_url")) {
        return "";
    }
    const auto read = [&](const std::string& path) -> std::optional<std::string> {
        return exists(path) ? std::optional(read_file(path, limits::source_bytes, "reading " + path,
                                                      world.stop))
                            : std::nullopt;
    };
    auto director = bosh::cli_director(named, world.environment, read);
    if (!director) {
        return "";
    }
    if (source.contains("proxy_host_key")) {
        director->block.erase("proxy_host_key");  // the option wins
    }
    source["director"] = std::move(director->block);
    return std::move(director->hint);
}

std::span<const NameByHand> names_by_hand() {
    static constexpr std::array<NameByHand, 7> names{{
        {"director.url", "--director (or BOSH_ENVIRONMENT)"},
        {"director.client", "BOSH_CLIENT"},
        {"director.client_secret", "BOSH_CLIENT_SECRET"},
        {"director.ca_cert", "BOSH_CA_CERT (or ca_cert of ~/.bosh/config)"},
        {"director.proxy", "BOSH_ALL_PROXY"},
        {"director.proxy_key", "BOSH_ALL_PROXY (private-key)"},
        {"director.proxy_host_key", "~/.ssh/known_hosts"},
    }};
    return names;
}

}  // namespace upkeep::stemcell
