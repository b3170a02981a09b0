#include "system/own_process.h"

#include <unistd.h>

namespace upkeep {

OwnProcess own_process() {
    return {getpid(), getuid()};
}

}  // namespace upkeep
