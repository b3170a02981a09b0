#include "net/ca_bundle.h"

// The build assembles them from the files of Debian's package.
extern "C" char const upkeep_ca_bundle_begin[];
extern "C" char const upkeep_ca_bundle_end[];

namespace upkeep {

std::string_view debian_ca_bundle() {
    return {upkeep_ca_bundle_begin, upkeep_ca_bundle_end};
}

}  // namespace upkeep
