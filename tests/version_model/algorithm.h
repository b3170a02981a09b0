// What a story asks of the algorithm, and the ways in which it can be broken for a test of the
// test.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/version.h"

namespace version_model {

struct Question {
    std::optional<upkeep::VersionFields> handed_in;
    std::vector<upkeep::OpenFinding> open;
    bool complete = true;
    upkeep::VersionRules rules;
    upkeep::Day today;
    std::size_t second = 0;  // a finer clock, which the algorithm is not given
};

using Answer = std::vector<upkeep::VersionFields>;
using Algorithm = std::function<Answer(const Question&)>;

Answer as_built(const Question& question);

struct Mutant {
    std::string_view mistake;
    std::string_view promise;  // that it breaks, among others perhaps
    Algorithm algorithm;
};

// Each is next_versions with one mistake.
const std::vector<Mutant>& mutants();

}  // namespace version_model
