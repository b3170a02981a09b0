// The programs that a person or Concourse starts; one file each. main.cpp chooses among them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "resource/world.h"

namespace upkeep {

// The arguments behind the program's name.
using Arguments = std::vector<std::string>;

// Each returns its exit code, or throws: what is thrown is said on standard error, and gives 1 for
// the resource's programs, 2 for the commands.
int run_check(const Arguments& arguments, World& world);
int run_in(const Arguments& arguments, World& world);
int run_out(const Arguments& arguments, World& world);
int run_rollout(const Arguments& arguments, World& world);
int run_throttle_status(const Arguments& arguments, World& world);
int run_throttle_freeze(const Arguments& arguments, World& world);
int run_throttle_thaw(const Arguments& arguments, World& world);
int run_throttle(const Arguments& arguments, World& world);
int run_throttle_run(const Arguments& arguments, World& world);
int run_version(const Arguments& arguments, World& world);
int run_help(const Arguments& arguments, World& world);
struct Kind;
int run_look(const Kind& kind, const Arguments& arguments, World& world);

// An argument as messages show it: a URL may hold a password.
std::string shown_argument(const std::string& text);

// "  NAME   what it does", a line each.
std::string command_list();

}  // namespace upkeep
