// Anything as deployments: a Failure or a list that, written as the director would, is read as
// itself.
#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bosh/deployment.h"
#include "core/failure.h"
#include "core/json.h"

namespace {

namespace json = boost::json;

using upkeep::bosh::Deployment;
using upkeep::bosh::parse_deployments;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

std::string as_director(const std::vector<Deployment>& deployments) {
    json::array list;
    for (const Deployment& deployment : deployments) {
        json::array stemcells;
        for (const upkeep::bosh::StemcellReference& stemcell : deployment.stemcells) {
            stemcells.push_back({{"name", stemcell.name}, {"version", stemcell.version}});
        }
        list.push_back({{"name", deployment.name},
                        {"stemcells", std::move(stemcells)},
                        {"locked", deployment.locked}});
    }
    return upkeep::to_line(list);
}

void check(const std::vector<Deployment>& deployments) {
    std::set<std::string> names;
    for (const Deployment& deployment : deployments) {
        require(!deployment.name.empty() && names.insert(deployment.name).second,
                "names are unique");
        for (const upkeep::bosh::StemcellReference& stemcell : deployment.stemcells) {
            require(!stemcell.name.empty() && !stemcell.version.empty(), "stemcells are whole");
        }
    }
    require(parse_deployments(as_director(deployments), "again").all == deployments,
            "reading is stable");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    std::vector<Deployment> deployments;
    try {
        deployments = parse_deployments(text, "it").all;
    } catch (const upkeep::Failure& failure) {
        require(!failure.why().empty(), "a failure says why");
    }
    try {
        check(deployments);
    } catch (const upkeep::Failure& failure) {
        throw std::logic_error(failure.what());
    }
    return 0;
}
