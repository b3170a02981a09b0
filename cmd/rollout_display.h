// What a rollout shows on standard error while it goes on.
#pragma once

#include <optional>
#include <thread>

#include "resource/rollout/display.h"
#include "resource/world.h"
#include "system/stop.h"

namespace upkeep {

// On a terminal that a person looks at a board, drawn anew each second until its end; else a log.
class RolloutDisplay {
  public:
    explicit RolloutDisplay(const World& world);
    ~RolloutDisplay();
    RolloutDisplay(const RolloutDisplay&) = delete;
    RolloutDisplay& operator=(const RolloutDisplay&) = delete;

    rollout::Display& operator*();

  private:
    rollout::Log log_;
    std::optional<rollout::Board> board_;
    Stop closed_;
    std::jthread drawing_;
};

}  // namespace upkeep
