#include "resource/stemcell/confirm.h"

#include <algorithm>
#include <map>

#include "core/text.h"

namespace upkeep::stemcell {

namespace {

constexpr std::size_t most_shown = 5;

// How many VMs run each version of the line; an empty one is what the director does not know.
std::map<std::string, std::size_t> counts_of(const std::vector<bosh::Vm>& vms,
                                             const std::string& line) {
    std::map<std::string, std::size_t> counts;
    for (const bosh::Vm& vm : vms) {
        if (vm.stemcell.name == line || vm.stemcell.name.empty()) {
            ++counts[vm.stemcell.version];
        }
    }
    return counts;
}

}  // namespace

bool all_current(const std::vector<bosh::Vm>& vms, const std::string& line,
                 const std::function<bool(const std::string& version)>& is_current) {
    const auto counts = counts_of(vms, line);
    return !counts.empty() && std::all_of(counts.begin(), counts.end(), [&](const auto& count) {
        return !count.first.empty() && is_current(count.first);
    });
}

Detail vms_detail(const std::vector<bosh::Vm>& vms, const std::string& line) {
    std::vector<std::string> words;
    for (const auto& [version, count] : counts_of(vms, line)) {
        words.push_back(counted(count, "VM runs", "VMs run") + " " +
                        (version.empty() ? "what the director does not know" : version));
    }
    return {"VMs", words.empty() ? "none of this line" : first_few(words, most_shown)};
}

}  // namespace upkeep::stemcell
