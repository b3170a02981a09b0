#include "resource/stemcell/confirm.h"

#include <algorithm>
#include <map>

#include "core/text.h"

namespace upkeep::stemcell {

namespace {

constexpr std::size_t most_shown = 5;

}  // namespace

Confirmed confirm(Finding& finding, const std::string& line, const std::vector<bosh::Vm>& vms,
                  const std::function<bool(const std::string& version)>& is_current) {
    std::map<std::string, std::size_t> counts;
    for (const bosh::Vm& vm : vms) {
        if (vm.stemcell.name == line || vm.stemcell.name.empty()) {
            ++counts[vm.stemcell.version];
        }
    }
    std::vector<std::string> words;
    for (const auto& [version, count] : counts) {
        words.push_back(counted(count, "VM runs", "VMs run") + " " +
                        (version.empty() ? "what the director does not know" : version));
    }
    finding.details.push_back(
        {"VMs", words.empty() ? "none of this line" : first_few(words, most_shown)});
    if (counts.empty() || counts.contains("")) {
        return Confirmed::unknown;
    }
    return std::all_of(counts.begin(), counts.end(),
                       [&](const auto& count) { return is_current(count.first); })
               ? Confirmed::current
               : Confirmed::stale;
}

}  // namespace upkeep::stemcell
