// The kind of a file system, as far as locks depend on it.
#pragma once

#include <optional>
#include <string>

namespace upkeep {

// Nothing where the open file lies on a disk or in the memory of this machine, where locks reach
// every process of it and go with each; else what it lies on: "NFS". Throws Failure(doing, ...).
std::optional<std::string> not_of_this_machine(int file, const std::string& doing);

}  // namespace upkeep
