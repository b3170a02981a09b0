// The kind `throttle`: `put` waits until this build is among the first N of its group that run.
#pragma once

#include <memory>

#include "resource/resource.h"

namespace upkeep::throttle {

// A put makes the version {"build": ID}.
inline constexpr const char* version_field = "build";

std::unique_ptr<Actor> read(Fields& source, const EndpointDefaults& endpoints);

}  // namespace upkeep::throttle
