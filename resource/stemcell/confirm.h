// What the VMs themselves say of a deployment whose list names an old stemcell: after a deploy that
// failed late, the list does so though every VM runs the new one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bosh/vms.h"
#include "core/finding.h"

namespace upkeep::stemcell {

enum class Confirmed {
    stale,    // at least one VM runs an old stemcell
    current,  // all VMs of the line run the newest
    unknown,  // there is none of the line, or the director does not know what it runs
};

// `is_current` judges one version of the line. Adds what the VMs run to the finding's details.
Confirmed confirm(Finding& finding, const std::string& line, const std::vector<bosh::Vm>& vms,
                  const std::function<bool(const std::string& version)>& is_current);

}  // namespace upkeep::stemcell
