// The keys of a source of the kind `stemcell`.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "bosh/director.h"
#include "core/fields.h"
#include "core/glob.h"
#include "net/endpoint.h"
#include "resource/stemcell/drift.h"
#include "resource/stemcell/published_list.h"

namespace upkeep::stemcell {

// Where the deployments are listed: a file ("-" is standard input), a URL, a director.
struct DirectorPlace {
    Endpoint endpoint;
};
using DeploymentsPlace = std::variant<std::string, Endpoint, DirectorPlace>;

struct Settings {
    std::string environment;
    DeploymentsPlace deployments;
    PublishedPlace published;
    std::optional<Variant> variant;
    GlobList selected;
    bool hold_locked = true;   // while_locked: wait
    bool confirm_vms = false;  // of a director alone
    bool own_vm = true;        // the director's own VM, where there is a director
};

// Throws Failure with the key's path.
Settings read_settings(Fields& source, const std::string& environment,
                       const EndpointDefaults& defaults);

}  // namespace upkeep::stemcell
