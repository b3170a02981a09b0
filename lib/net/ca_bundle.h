#pragma once

// Debian's certificate authorities, compiled in: the image has no files but the program.

#include <string>

namespace upkeep {

// PEM, one certificate after the other.
std::string debian_ca_bundle();

}  // namespace upkeep
