// The end of the log of the step that failed, from a build's events.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "core/json.h"

namespace upkeep::rollout {

class LogTail {
  public:
    static constexpr std::size_t lines = 20;
    static constexpr std::size_t line_bytes = 1'000;  // what is longer is cut

    // An event as Concourse's stream has it: {"event": "log", "data": {...}}.
    void take(const json::object& event);

    // Of the step that failed last; empty where none did.
    std::vector<std::string> of_failed_step() const;

  private:
    struct Step {
        std::deque<std::string> lines;
        std::string rest;
    };
    void add(Step& step, const std::string& text);

    std::map<std::string, Step> steps_;  // by the id of their origin
    std::string failed_;
};

}  // namespace upkeep::rollout
