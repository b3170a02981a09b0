// The group of a throttle, as options and the environment of a person or a task give it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "resource/throttle/settings.h"
#include "resource/world.h"

namespace upkeep::throttle {

struct GroupOptions {
    std::string jobs_option = "--jobs";
    std::string file;               // the source of a throttle, as in a pipeline; `-` is stdin
    std::vector<std::string> jobs;  // these win over the file's
    std::optional<std::int64_t> limit;
    std::string freeze;
    std::string longest_build;
    std::string concourse;  // URL
    std::string target;     // of fly
};

// What is given of them; the jobs may be empty.
struct GroupByHand {
    Group group;
    std::optional<std::int64_t> limit;
    std::optional<std::int64_t> group_limit;  // the file's
};

// As whom: the target's own sign-in, else the file's, else CONCOURSE_USERNAME and
// CONCOURSE_PASSWORD, or CONCOURSE_TOKEN; where: --concourse, the file's, CONCOURSE_URL,
// ATC_EXTERNAL_URL; and CONCOURSE_CA_CERT, the certificate itself. Throws Failure for what is
// missing or wrong, and where a sign-in would go to another Concourse than the one it was given
// with.
GroupByHand read_group_by_hand(const GroupOptions& options, World& world);

}  // namespace upkeep::throttle
