// `check`: looks, and answers with the versions that Concourse should know.
#pragma once

#include <string>
#include <string_view>

#include "resource/world.h"

namespace upkeep {

struct CheckAnswer {
    std::string versions;  // for standard output: one JSON list on a line
    std::string notice;    // for standard error: what could not be read or looked at; or empty
};

CheckAnswer check(std::string_view text, World& world);

}  // namespace upkeep
