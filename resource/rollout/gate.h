// Where a rollout's jobs wait for a place: at most N builds of the group at once, its own and those
// of others, and none while the group is frozen or the rollout triggers no more.
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "resource/rollout/patience.h"
#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

class Gate {
  public:
    Gate(const Settings& settings, const Tools& tools) : settings_(settings), tools_(tools) {}

    // Gets the builds of the group that run; returns one that runs or waits, if any.
    using Start = std::function<std::optional<atc::Build>(const std::vector<atc::Build>& running)>;

    // Calls `start` when there is a place, and returns what it does, which counts from then on
    // until leave(). Nothing where the rollout triggers no more: why_closed() says why. A Failure
    // of `start` that may pass is waited on, and the place with it: it may be gone by then. Throws
    // Refused where `start` does, and Stopped.
    std::optional<atc::Build> enter(const Start& start);
    // A build that was there already.
    void count(const atc::Build& build);
    void leave(const atc::Build& build, bool failed);
    // Says it, and triggers no more; what runs is followed all the same.
    void close(const std::string& why);

    // Empty while it triggers.
    std::string why_closed() const;

  private:
    std::optional<atc::Build> enter_once(const Start& start);
    // Empty where there is a place, or where it closes. `running` is what it read the last time.
    std::string what_to_wait_for(std::optional<std::vector<atc::Build>>& running);
    std::string why_frozen();
    std::string why_full(std::optional<std::vector<atc::Build>>& running);
    bool is_still_full(std::vector<atc::Build>& running);
    std::set<atc::BuildId> own_builds() const;
    std::size_t count(const std::vector<atc::Build>& running) const;
    std::string names_of_others(const std::vector<atc::Build>& running) const;

    const Settings& settings_;
    const Tools& tools_;
    Away away_{tools_.clock};
    std::mutex entering_;  // one at a time: two would take the same place
    mutable std::mutex mutex_;
    std::set<atc::BuildId> own_;
    std::size_t failures_ = 0;
    std::string why_closed_;
};

}  // namespace upkeep::rollout
