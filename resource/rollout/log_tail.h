// The end of the logs of the steps that failed, from a build's events.
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

    // Of the last two that failed, in their order, without those that have printed nothing: the
    // later one may be a hook of the other.
    std::vector<std::vector<std::string>> of_failed_steps() const;

  private:
    struct Step {
        std::deque<std::string> lines;
        std::string rest;
        bool returned = false;  // by \r to the begin of the line, which is written over
    };
    static void add(Step& step, const std::string& text);

    std::map<std::string, Step> steps_;  // by the id of their origin
    std::deque<std::string> failed_;     // their ids, each once
};

}  // namespace upkeep::rollout
