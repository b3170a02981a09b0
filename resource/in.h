// `in`: looks again, keeps what the version names, and writes it into a folder.
#pragma once

#include <string>
#include <string_view>

#include "resource/world.h"

namespace upkeep {

struct InAnswer {
    std::string version;  // for standard output: {version, metadata} on a line
    std::string notice;   // for standard error, or empty
};

InAnswer in(std::string_view text, const std::string& folder, World& world);

}  // namespace upkeep
