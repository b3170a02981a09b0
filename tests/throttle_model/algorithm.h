// What a waiting build decides by, and the ways in which it can be broken for a test of the test.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "resource/throttle/line.h"

namespace throttle_model {

using upkeep::atc::Build;
using upkeep::atc::BuildId;
using upkeep::atc::BuildStatus;
using upkeep::atc::DatabaseTime;
using upkeep::atc::Rank;

// A build as Concourse lists it.
struct Listed {
    BuildId id = 0;
    BuildStatus status = BuildStatus::pending;
    DatabaseTime started = 0;  // 0: it has not
    std::size_t limit = 0;     // of its step, which Concourse does not know
};

// In the model a start is committed at most this many seconds after that of the start.
constexpr int latest_commit = 1;

struct Algorithm {
    // The rest of the own second, and the time that a commit takes.
    int settle_seconds = 1 + latest_commit;
    bool (*counts)(const Listed& mine, const Listed& other);
    std::vector<Build> (*ahead)(Rank mine, std::vector<Build> running);
    bool (*runs)(BuildStatus status);
    bool asks_again = true;
};

// The throttle's own.
Algorithm as_built();

struct Mutant {
    std::string_view mistake;
    std::string_view promise;  // that it breaks, among others perhaps
    Algorithm algorithm;
};

// Each is as_built() with one mistake.
const std::vector<Mutant>& mutants();

}  // namespace throttle_model
