// What the director says of its deployments, from whichever form it was read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace upkeep::bosh {

struct StemcellReference {
    std::string name;  // the line: "bosh-aws-xen-hvm-ubuntu-jammy-go_agent"
    // "1.404", as the director says it. From a table it is always one that SemiSemanticVersion
    // reads; JSON may hold anything but an empty one.
    std::string version;

    friend bool operator==(const StemcellReference&, const StemcellReference&) = default;
};

struct Deployment {
    std::string name;
    std::vector<StemcellReference> stemcells;  // as listed, without doubles; may be empty
    bool locked = false;  // an operation runs on it now; only the director's own JSON says so

    friend bool operator==(const Deployment&, const Deployment&) = default;
};

struct ListedDeployments {
    std::vector<Deployment> all;
    std::string missing;  // why some are not among them, or may well not be; or empty
    std::string doubt;    // why nobody can tell whether these are all; or empty
};

// Reads any of: the output of `bosh deployments --json`, the director's GET /deployments, the table
// that `bosh deployments` prints to a terminal or a pipe (with continuation rows, or run through
// grep). What is listed twice under one name (several CPIs) is one deployment. Throws
// Failure("reading the deployments from <place>", ...) for anything else, for a table that was
// visibly cut (deployments_table.h), and for output of a bosh that failed (with what it said).
// `advice` is what to do where it is something else; none: how to save such a file.
ListedDeployments parse_deployments(std::string_view text, const std::string& place,
                                    const std::string& advice = {});

}  // namespace upkeep::bosh
