// The VMs of a deployment, by a task of the director.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bosh/deployment.h"
#include "bosh/director.h"
#include "system/clock.h"
#include "system/stop.h"

namespace upkeep::bosh {

// A VM that there is, and the stemcell it was made from, as the director has recorded it; empty
// where it has not (VMs from before 2021).
struct Vm {
    StemcellReference stemcell;
};

// Starts a task on the director (GET /deployments/X/vms?format=full) and waits until it has ended;
// none is started after `end`. Throws Failure where it fails or goes on after `end` (then by
// itself), Stopped for a stop.
std::vector<Vm> list_vms(Director& director, const std::string& deployment, Instant end,
                         const Clock& clock, const Stop& stop);

// The task's result: one JSON object a line. Instances without a VM are left out. Throws
// Failure(doing, ...).
std::vector<Vm> parse_vms(std::string_view result, const std::string& doing);

}  // namespace upkeep::bosh
