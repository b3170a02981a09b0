// How a build waits for its place.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "atc/concourse.h"
#include "resource/throttle/settings.h"
#include "system/clock.h"

namespace upkeep::throttle {

struct Admitted {
    atc::Build build;
    std::size_t running = 0;  // of the group, ahead of it
    std::chrono::seconds waited{0};
};

struct Waiter {
    atc::Concourse& concourse;
    const Clock& clock;
    const Stop& stop;
    std::function<void(const std::string& line)> say;  // to the build's log
};

// Returns when the build has its place. Throws Refused for what waiting does not mend, Failure when
// longest_wait is over or Concourse could not be asked for a minute from the start on, Stopped.
// Once it has answered, Concourse may be away for as long as it wants.
Admitted wait_for_place(const Settings& settings, std::size_t limit, atc::BuildId build,
                        const Waiter& waiter);

}  // namespace upkeep::throttle
