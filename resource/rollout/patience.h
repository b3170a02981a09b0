// What a rollout waits on: Concourse may be away for a while, and its builds go on meanwhile.
#pragma once

#include <chrono>
#include <string>

#include "atc/refused.h"
#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

inline constexpr std::chrono::seconds interval{3};  // between two questions about the same

inline void wait_a_little(const Tools& tools) {
    tools.clock.wait(tools.clock.instant() + interval, tools.stop);
}

// Says a line only where it differs from the last one.
class Saying {
  public:
    explicit Saying(const Tools& tools) : tools_(tools) {}
    void say(const std::string& line) {
        if (line != said_) {
            tools_.display.say(line);
            said_ = line;
        }
    }

  private:
    const Tools& tools_;
    std::string said_;
};

inline std::string cannot_be_asked(const Failure& failure) {
    return std::string("Concourse cannot be asked, waiting on: ") + failure.what();
}

// What f returns, once Concourse can be asked. Throws Refused, for which waiting is no help, and
// Stopped. `about` begins the lines that say what it waits on.
template <typename F>
auto patiently(const Tools& tools, const std::string& about, F f) {
    for (Saying saying(tools);; wait_a_little(tools)) {
        try {
            return f();
        } catch (const Failure& failure) {
            if (!atc::may_pass(failure)) {
                throw;
            }
            saying.say((about.empty() ? "" : about + ": ") + cannot_be_asked(failure));
        }
    }
}

}  // namespace upkeep::rollout
