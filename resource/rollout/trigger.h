// Triggers a job once, even where the answer is lost.
#pragma once

#include <optional>

#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

// The job's build, which may be one that somebody else has triggered meanwhile; nothing where there
// is no such job. Throws Refused, Stopped.
std::optional<atc::Build> trigger_once(const atc::JobRef& job, const Tools& tools);

}  // namespace upkeep::rollout
