// `out`: does what the kind does.
#pragma once

#include <string>
#include <string_view>

#include "resource/world.h"

namespace upkeep {

// For standard output: {version, metadata} on a line.
std::string out(std::string_view text, World& world);

}  // namespace upkeep
