#pragma once

// Debian's certificate authorities, compiled in: the image has no files but the program.

#include <string_view>

namespace upkeep {

// PEM, one certificate after the other.
std::string_view debian_ca_bundle();

}  // namespace upkeep
