// The freeze: while the job that a group names, or that job's pipeline, is paused, nothing is
// admitted. Concourse keeps it, with who did it and when.
#pragma once

#include <optional>
#include <string>

#include "atc/concourse.h"

namespace upkeep::throttle {

struct Frozen {
    atc::JobRef job;
    bool by_pipeline = false;  // that is what is paused
    atc::Pause pause;

    // "main/ops/deploys is paused by ann since 2026-11-23T17:54:02Z"
    std::string text() const;
};

// Throws Refused where there is no such job: a freeze that cannot be seen must not look thawed.
std::optional<Frozen> frozen(atc::Concourse& concourse, const atc::JobRef& job);

}  // namespace upkeep::throttle
