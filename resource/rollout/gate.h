// Where a rollout's jobs wait for a place: at most N builds of the group at once, its own and those
// of others, and none while the group is frozen or the rollout triggers no more.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

class Gate {
  public:
    Gate(const Settings& settings, const Tools& tools) : settings_(settings), tools_(tools) {}

    // Calls `start` when there is a place, and returns what it does, which counts from then on
    // until leave(). Nothing where the rollout triggers no more. Throws Refused, Stopped.
    std::optional<atc::Build> enter(const std::function<std::optional<atc::Build>()>& start);
    // A build that was there already.
    void count(const atc::Build& build);
    void leave(const atc::Build& build, bool failed);

    bool is_closed() const { return failures_ >= settings_.max_failures; }
    void count_failure() { ++failures_; }

  private:
    bool has_place();
    std::string counted_text(std::size_t running) const;
    void say_once(const std::string& state);

    const Settings& settings_;
    const Tools& tools_;
    std::mutex entering_;
    std::mutex mutex_;
    std::set<atc::BuildId> own_;
    std::atomic<std::size_t> failures_ = 0;
    std::string said_;
};

}  // namespace upkeep::rollout
