// The one table of kinds: a new one is a folder, a row here, and its tests.
#include <array>

#include "resource/resource.h"
#include "resource/stemcell/by_hand.h"
#include "resource/stemcell/stemcell.h"

namespace upkeep {

std::span<const Kind> kinds() {
    static const std::array<Kind, 1> table{{
        {"stemcell", "stemcells", "Deployments that run an old stemcell.", "deployment",
         stemcell::rules(), stemcell::options(), stemcell::read, stemcell::complete_source,
         stemcell::files},
    }};
    return table;
}

}  // namespace upkeep
