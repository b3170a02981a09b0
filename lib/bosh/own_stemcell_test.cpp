#include "bosh/own_stemcell.h"

#include <doctest/doctest.h>

using upkeep::bosh::DirectorInfo;
using upkeep::bosh::own_lines;
using Lines = std::vector<std::string>;

namespace {

DirectorInfo director(const std::string& cpi, const std::string& os) {
    DirectorInfo info;
    info.cpi = cpi;
    info.stemcell_os = os;
    info.stemcell_version = "1.1364";
    return info;
}

}  // namespace

TEST_CASE("a director's line is one that its deployments have") {
    const Lines lines{"bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent",
                      "bosh-aws-xen-hvm-ubuntu-jammy-go_agent", "bosh-aws-xen-hvm-ubuntu-noble"};
    CHECK(own_lines(director("aws_cpi", "ubuntu-noble"), lines) ==
          Lines{"bosh-aws-xen-hvm-ubuntu-noble"});
    // FIPS stemcells have the same operating system.
    CHECK(own_lines(director("aws_cpi", "ubuntu-jammy"), lines) ==
          Lines{"bosh-aws-xen-hvm-ubuntu-jammy-go_agent",
                "bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent"});
}

TEST_CASE("where no deployment has it, the CPI tells") {
    CHECK(own_lines(director("aws_cpi", "ubuntu-jammy"), {}) ==
          Lines{"bosh-aws-xen-hvm-ubuntu-jammy-go_agent"});
    CHECK(own_lines(director("vsphere_cpi", "ubuntu-noble"), {"bosh-vsphere-esxi-windows2019"}) ==
          Lines{"bosh-vsphere-esxi-ubuntu-noble"});
    CHECK(own_lines(director("google_cpi", "ubuntu-xenial"), {}) ==
          Lines{"bosh-google-kvm-ubuntu-xenial-go_agent"});
}

TEST_CASE("nothing is guessed") {
    CHECK(own_lines(director("our_cpi", "ubuntu-jammy"), {}) == Lines{});
    DirectorInfo silent = director("aws_cpi", "ubuntu-jammy");
    silent.stemcell_version.reset();
    CHECK(own_lines(silent, {"bosh-aws-xen-hvm-ubuntu-jammy-go_agent"}) == Lines{});
}
