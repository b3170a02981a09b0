#pragma once

// What the program is made of, for `upkeep version`. The image has no package manager to ask.

#include <span>
#include <string_view>

namespace upkeep {

struct LinkedLibrary {
    std::string_view name;
    std::string_view version;
    std::string_view license;  // SPDX
};

// By name. Filled in by the build.
std::span<LinkedLibrary const> linked_libraries();

std::string_view upkeep_version();

}  // namespace upkeep
