// The kind of a file system, as far as locks depend on it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace upkeep {

// What a file system of this type (f_type of statfs) is called, where it is of no disk and no
// memory of this machine; else nothing. One that is not known is such a one.
std::optional<std::string> name_of_remote(std::uint32_t type);

// Nothing where the open file lies on a disk or in the memory of this machine, where locks reach
// every process of it and go with each; else what it lies on: "NFS". Throws Failure(doing, ...).
std::optional<std::string> not_of_this_machine(int file, const std::string& doing);

}  // namespace upkeep
