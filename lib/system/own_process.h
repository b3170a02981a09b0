// What this process is to others of the machine.
#pragma once

#include <cstdint>

namespace upkeep {

struct OwnProcess {
    std::int64_t pid = 0;
    std::int64_t user = 0;  // its number: names would be looked up by modules of the host
};

OwnProcess own_process();

}  // namespace upkeep
