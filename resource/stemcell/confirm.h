// What the VMs themselves say of a deployment whose list names an old stemcell: after a deploy that
// failed late, the list does so though every VM runs the new one. Pure.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bosh/vms.h"
#include "core/finding.h"

namespace upkeep::stemcell {

// There are VMs of the line, the director knows what each runs, and all of that is current.
bool all_current(const std::vector<bosh::Vm>& vms, const std::string& line,
                 const std::function<bool(const std::string& version)>& is_current);

// "VMs: 3 VMs run 1.9, 9 VMs run 1.11".
Detail vms_detail(const std::vector<bosh::Vm>& vms, const std::string& line);

}  // namespace upkeep::stemcell
