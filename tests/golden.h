// Texts that a user relies on, kept as files in tests/golden and compared byte by byte.
#pragma once

#include <string>

namespace upkeep {

// Compares with tests/golden/NAME. After a change that is wanted, one command writes them anew, in
// the root of the repository; look at what git says has changed:
//     UPKEEP_UPDATE_GOLDEN=1 build/dev/unit_tests -tc='golden*'
void check_golden(const std::string& name, const std::string& text);

}  // namespace upkeep
