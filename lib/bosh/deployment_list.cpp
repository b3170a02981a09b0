#include "bosh/deployment_list.h"

#include <set>
#include <utility>

namespace upkeep::bosh {

namespace {

void drop_doubles(std::vector<StemcellReference>& stemcells) {
    std::set<std::pair<std::string, std::string>> seen;
    std::erase_if(stemcells, [&](const StemcellReference& stemcell) {
        return !seen.emplace(stemcell.name, stemcell.version).second;
    });
}

}  // namespace

Deployment& DeploymentList::named(std::string_view name) {
    const auto found = places_.find(name);
    if (found != places_.end()) {
        return deployments_[found->second];
    }
    places_.emplace(name, deployments_.size());
    return deployments_.emplace_back(Deployment{std::string(name), {}, false});
}

std::vector<Deployment> DeploymentList::take() {
    for (Deployment& deployment : deployments_) {
        drop_doubles(deployment.stemcells);
    }
    places_.clear();
    return std::exchange(deployments_, {});
}

std::optional<NameAndVersion> split_reference(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == 0 || slash == std::string_view::npos || slash + 1 == text.size() ||
        text.find('/', slash + 1) != std::string_view::npos) {
        return std::nullopt;
    }
    return NameAndVersion{text.substr(0, slash), text.substr(slash + 1)};
}

}  // namespace upkeep::bosh
