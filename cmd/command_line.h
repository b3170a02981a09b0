// Reading the arguments of a command.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "cmd/program.h"

namespace upkeep {

// By the options that the app has; its name is how messages call the command: "upkeep stemcells".
// Returns the help where it was asked for, to be printed instead of anything else; else an empty
// text. Throws Failure for wrong usage, with what was probably meant, and the hint.
std::string parse_command_line(CLI::App& app, const Arguments& arguments,
                               const std::string& hint = {});

// An option for a whole number of these, by whole_number(): CLI11 would read 010 as 8.
void add_number(CLI::App& app, const std::string& name, std::optional<std::int64_t>& value,
                std::int64_t lowest, std::int64_t highest, const std::string& help);

// Of an option, "10m"; nothing where it is empty. Throws Failure for what is no length of time.
std::optional<std::chrono::seconds> duration_of(const std::string& command,
                                                const std::string& option, const std::string& text);

}  // namespace upkeep
