#include "bosh/own_stemcell.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace upkeep::bosh {

namespace {

constexpr std::string_view agent = "-go_agent";
constexpr std::string_view fips = "-fips";

std::string_view without_end(std::string_view text, std::string_view end) {
    return text.ends_with(end) ? text.substr(0, text.size() - end.size()) : text;
}

// "bosh-aws-xen-hvm-ubuntu-jammy-fips-go_agent" has "ubuntu-jammy".
bool has_operating_system(std::string_view line, const std::string& os) {
    return without_end(without_end(line, agent), fips).ends_with("-" + os);
}

// As bosh-linux-stemcell-builder names them: infrastructure and hypervisor.
std::string_view infrastructure_of(std::string_view cpi) {
    using Row = std::pair<std::string_view, std::string_view>;
    static constexpr std::array<Row, 8> table{{{"aws_cpi", "aws-xen-hvm"},
                                               {"google_cpi", "google-kvm"},
                                               {"azure_cpi", "azure-hyperv"},
                                               {"vsphere_cpi", "vsphere-esxi"},
                                               {"openstack_cpi", "openstack-kvm"},
                                               {"alicloud_cpi", "alicloud-kvm"},
                                               {"warden_cpi", "warden-boshlite"},
                                               {"docker_cpi", "warden-boshlite"}}};
    const auto* const found =
        std::find_if(table.begin(), table.end(), [&](const Row& row) { return row.first == cpi; });
    return found == table.end() ? std::string_view() : found->second;
}

// Up to jammy the name says which agent is in it.
bool names_its_agent(std::string_view os) {
    static constexpr std::array<std::string_view, 4> old{"ubuntu-trusty", "ubuntu-xenial",
                                                         "ubuntu-bionic", "ubuntu-jammy"};
    return std::find(old.begin(), old.end(), os) != old.end();
}

}  // namespace

std::vector<std::string> own_lines(const DirectorInfo& info,
                                   const std::vector<std::string>& lines) {
    if (!info.stemcell_os || !info.stemcell_version) {
        return {};
    }
    const std::string& os = *info.stemcell_os;
    std::vector<std::string> own;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(own),
                 [&](const std::string& line) { return has_operating_system(line, os); });
    std::stable_partition(own.begin(), own.end(), [](const std::string& line) {
        return line.find(fips) == std::string::npos;
    });
    const std::string_view infrastructure = infrastructure_of(info.cpi);
    if (own.empty() && !infrastructure.empty()) {
        own.push_back("bosh-" + std::string(infrastructure) + "-" + os +
                      (names_its_agent(os) ? std::string(agent) : ""));
    }
    return own;
}

}  // namespace upkeep::bosh
