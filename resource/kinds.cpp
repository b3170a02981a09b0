// The tables of kinds: a new one is a folder, a row here, and its tests.
#include <array>

#include "resource/resource.h"
#include "resource/stemcell/by_hand.h"
#include "resource/stemcell/stemcell.h"
#include "resource/throttle/throttle.h"

namespace upkeep {

std::span<const Kind> kinds() {
    static const std::array<Kind, 1> table{{
        {"stemcell", "stemcells", "Deployments that run an old stemcell.", "deployment",
         stemcell::rules(), stemcell::options(), stemcell::read, stemcell::complete_source,
         stemcell::names_by_hand(), stemcell::files},
    }};
    return table;
}

std::span<const ActingKind> acting_kinds() {
    static const std::array<ActingKind, 1> table{{
        {"throttle", throttle::read},
    }};
    return table;
}

}  // namespace upkeep
