// Where a text goes that may be too long to be held in one piece.
#pragma once

#include <functional>
#include <string_view>

namespace upkeep {

// Takes the text piece by piece. What it throws (a full disk, a stop) ends the writing.
using Sink = std::function<void(std::string_view)>;

}  // namespace upkeep
