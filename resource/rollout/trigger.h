// Triggers a job once, even where the answer is lost.
#pragma once

#include <optional>

#include "resource/rollout/patience.h"
#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

class TriggerOnce {
  public:
    TriggerOnce(const atc::JobRef& job, const Tools& tools)
        : job_(job), tools_(tools), saying_(tools) {}

    // The job's build, which may be one that somebody else has triggered since the first try.
    // Throws Refused, also where there is no such job, or fifty tries failed while Concourse
    // answered else; Stopped; and Failure where Concourse cannot be asked, or has no build: then it
    // may be tried again, where that may still be.
    atc::Build try_now();

  private:
    atc::Refused no_such_job() const;
    void require_job();
    std::optional<atc::Build> first_new_build();

    const atc::JobRef& job_;
    const Tools& tools_;
    Saying saying_;
    std::optional<atc::BuildId> newest_;  // before the first try
    std::size_t failed_ = 0;              // tries
};

}  // namespace upkeep::rollout
