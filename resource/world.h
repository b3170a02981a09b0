// What a kind may touch of the world: nothing else reads a clock, sleeps, or opens a connection.
#pragma once

#include <optional>
#include <string>

#include "net/http.h"
#include "system/clock.h"
#include "system/environment.h"
#include "system/stop.h"

namespace upkeep {

struct World {
    Http& http;
    const Environment& environment;
    const Clock& clock;
    const Stop& stop;
    // What `-` stands for as a file: what a command read from its standard input. A resource has
    // none.
    std::optional<std::string> standard_input;
};

}  // namespace upkeep
