// Anything as the result of the task that lists VMs: a Failure or VMs that, written as a director
// would, are read as themselves.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "bosh/vms.h"
#include "core/failure.h"
#include "core/json.h"

namespace {

namespace json = boost::json;

using upkeep::bosh::parse_vms;
using upkeep::bosh::Vm;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

std::string written(const std::vector<Vm>& vms) {
    std::string lines;
    for (const Vm& vm : vms) {
        const json::object stemcell{{"name", vm.stemcell.name}, {"version", vm.stemcell.version}};
        lines += upkeep::to_line(json::object{{"vm_cid", "vm"}, {"stemcell", stemcell}}) + "\n";
    }
    return lines;
}

bool are_same(const Vm& one, const Vm& other) {
    return one.stemcell == other.stemcell;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<Vm> vms;
    try {
        vms = parse_vms({reinterpret_cast<const char*>(data), size}, "it");
    } catch (const upkeep::Failure& failure) {
        require(!failure.why().empty(), "a failure says why");
        return 0;
    }
    try {
        const std::vector<Vm> again = parse_vms(written(vms), "again");
        require(std::equal(vms.begin(), vms.end(), again.begin(), again.end(), are_same),
                "reading is stable");
    } catch (const upkeep::Failure& failure) {
        throw std::logic_error(failure.what());
    }
    return 0;
}
