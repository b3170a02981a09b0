// What a rollout waits on: Concourse may be away for a while, and its builds go on meanwhile.
#pragma once

#include <chrono>
#include <string>

#include "atc/refused.h"
#include "resource/rollout/rollout.h"

namespace upkeep::rollout {

inline constexpr std::chrono::seconds interval{3};  // between two questions about the same
inline constexpr std::chrono::minutes reminder{5};  // between two lines that say the same

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

// That Concourse cannot be asked, in the same words for five minutes: each try fails after another
// time, or otherwise.
class Away {
  public:
    explicit Away(const Clock& clock) : clock_(clock) {}
    const std::string& text(const Failure& failure) {
        const Instant now = clock_.instant();
        if (text_.empty() || now >= anew_at_) {
            text_ = std::string("Concourse cannot be asked, waiting on: ") + failure.what();
            anew_at_ = now + reminder;
        }
        return text_;
    }

  private:
    const Clock& clock_;
    Instant anew_at_{};
    std::string text_;
};

// What f returns, once Concourse can be asked. Throws Refused, for which waiting is no help, and
// Stopped. `about` begins the lines that say what it waits on.
template <typename F>
auto patiently(const Tools& tools, const std::string& about, F f) {
    Saying saying(tools);
    for (Away away(tools.clock);; wait_a_little(tools)) {
        try {
            return f();
        } catch (const Failure& failure) {
            if (!atc::may_pass(failure)) {
                throw;
            }
            saying.say((about.empty() ? "" : about + ": ") + away.text(failure));
        }
    }
}

}  // namespace upkeep::rollout
