// A program that this one runs in its own place: it has the same terminal, streams and signals.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "system/stop.h"

namespace upkeep {

// As a shell has them.
inline constexpr int cannot_be_run = 126;
inline constexpr int not_found = 127;

struct Program {
    std::string path;
    int status = 0;       // else not_found or cannot_be_run
    std::string problem;  // "there is no such file"
};

// Where a shell would find it: a name with a slash is a path, others are looked for in the folders
// of PATH.
Program find_program(const std::string& name, const std::string& path_variable);

struct Child {
    Program program;
    std::vector<std::string> arguments;                            // without its name
    int inherited;                                                 // a descriptor that it gets too
    std::vector<std::pair<std::string, std::string>> environment;  // beside this program's own
};

// Runs it to its end, and returns its exit status; 128 and the signal's number where a signal ended
// it. The signals that ask a program to end or to do something are passed on to it, but for those
// that a terminal has already sent to both. Whatever else ends as a child of this process is
// reaped. From then on these signals do not reach the Stop. Throws Failure where it cannot be
// started, Stopped where a stop was requested before.
int run_child(const Child& child, const Stop& stop);

}  // namespace upkeep
