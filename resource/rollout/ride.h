// One job of a rollout, from its trigger to its build's end.
#pragma once

#include "resource/rollout/first_look.h"
#include "resource/rollout/gate.h"
#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

// A job that runs already is followed, not triggered again. What cannot be done is a result; a stop
// is one too: `running`, or not_triggered.
Result ride(const atc::JobRef& job, const std::string& stage, const FirstLook& look, Gate& gate,
            const Tools& tools);

}  // namespace upkeep::rollout
