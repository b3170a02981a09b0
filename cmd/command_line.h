// Reading the arguments of a command.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cmd/program.h"

namespace upkeep {

// By the options that the app has; its name is how messages call the command: "upkeep stemcells".
// Returns the help where it was asked for, to be printed instead of anything else; else an empty
// text. Throws Failure for wrong usage, with what was probably meant, and the hint.
std::string parse_command_line(CLI::App& app, const Arguments& arguments,
                               const std::string& hint = {});

}  // namespace upkeep
