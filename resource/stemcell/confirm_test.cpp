#include "resource/stemcell/confirm.h"

#include <doctest/doctest.h>

using upkeep::bosh::Vm;
using upkeep::stemcell::all_current;
using upkeep::stemcell::vms_detail;

namespace {

bool is_current(const std::string& version) {
    return version == "1.11";
}

const Vm old{{"noble", "1.9"}};
const Vm current{{"noble", "1.11"}};
const Vm unknown{{"", ""}};
const Vm other{{"windows", "2019.1"}};

}  // namespace

TEST_CASE("VMs confirm where each of the line runs the newest") {
    CHECK(all_current({current, current, other}, "noble", is_current));
    CHECK_FALSE(all_current({current, old}, "noble", is_current));
    CHECK_FALSE(all_current({current, unknown}, "noble", is_current));
    CHECK_FALSE(all_current({other}, "noble", is_current));
    CHECK_FALSE(all_current({}, "noble", is_current));
}

TEST_CASE("what the VMs run is counted") {
    CHECK(vms_detail({current, old, current, other}, "noble").value ==
          "2 VMs run 1.11, 1 VM runs 1.9");
    CHECK(vms_detail({unknown}, "noble").value == "1 VM runs what the director does not know");
    CHECK(vms_detail({}, "noble").value == "none of this line");
}
