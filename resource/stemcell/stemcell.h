// The kind `stemcell`: deployments that run an old stemcell.
//
// Subject: the deployment's name; for `not-evaluated` (a list that could not be had) the line's
// name. A deployment with two lines may have two findings.
#pragma once

#include "resource/resource.h"

namespace upkeep::stemcell {

std::span<const std::string_view> rules();
std::span<const CommandOption> options();
std::unique_ptr<Looker> read(Fields& source, const EndpointDefaults& endpoints,
                             const LookingKeys& keys);
// `deployments`: the names of those that a deploy would mend, one a line.
std::vector<File> files(const Report& report);

}  // namespace upkeep::stemcell
