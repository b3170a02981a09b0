// Deployments as they are collected from rows.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bosh/deployment.h"

namespace upkeep::bosh {

// Keeps the order of first mention, merges what has one name.
class DeploymentList {
  public:
    // The one with that name, added when it is new. Valid until the next call.
    Deployment& named(std::string_view name);
    bool has(std::string_view name) const { return places_.find(name) != places_.end(); }
    // All of them, each stemcell once. Leaves the list empty.
    std::vector<Deployment> take();

  private:
    std::vector<Deployment> deployments_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

struct NameAndVersion {
    std::string_view name;
    std::string_view version;
};

// "NAME/VERSION" with one slash and something on both sides; else nothing.
std::optional<NameAndVersion> split_reference(std::string_view text);

}  // namespace upkeep::bosh
