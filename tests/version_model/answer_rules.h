// What one answer of check must be, by what was asked alone.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/version_model/algorithm.h"
#include "tests/version_model/ledger.h"

namespace version_model {

using Ids = std::set<std::string>;

// A question and its answer, read.
struct Reading {
    std::optional<upkeep::Version> previous;  // what was handed in, if it is readable
    std::vector<upkeep::Version> added;       // what follows it in the answer
    Ids seen;                                 // by this look
    Ids open;            // what has to be named: with what must not be taken as gone
    Ids fresh;           // open, and not named by the previous version
    bool grows = false;  // something that the previous version does not name
};

Reading read(const Question& question, const Answer& answer, Ledger& ledger);
void judge(const Question& question, const Answer& answer, const Reading& reading, Ledger& ledger);

// The days after which an open finding is named by a younger version; zero is never.
std::chrono::days remind_of(const Question& question);

}  // namespace version_model
