#include <algorithm>
#include <utility>

#include "tests/throttle_model/algorithm.h"

namespace throttle_model {

using upkeep::atc::has_ended;

namespace {

bool started(const Listed& /*mine*/, const Listed& other) {
    return other.status == BuildStatus::started;
}

bool still_runs(BuildStatus status) {
    return !has_ended(status);
}

bool also_pending(const Listed& /*mine*/, const Listed& other) {
    return !has_ended(other.status);
}

bool of_the_same_limit(const Listed& mine, const Listed& other) {
    return started(mine, other) && other.limit == mine.limit;
}

bool before_my_second(const Listed& mine, const Listed& other) {
    return started(mine, other) && other.started < mine.started;
}

bool also_ended(const Listed& /*mine*/, const Listed& other) {
    return other.status != BuildStatus::pending;
}

bool for_ever(BuildStatus /*status*/) {
    return true;
}

std::vector<Build> by_id(Rank mine, std::vector<Build> running) {
    std::erase_if(running, [&](const Build& build) { return build.id >= mine.id; });
    std::sort(running.begin(), running.end(),
              [](const Build& a, const Build& b) { return a.id < b.id; });
    return running;
}

std::vector<Build> all_others(Rank mine, std::vector<Build> running) {
    std::erase_if(running, [&](const Build& build) { return build.id == mine.id; });
    return running;
}

template <typename Mistake>
Mutant mutant(std::string_view mistake, std::string_view promise, Mistake make) {
    Algorithm algorithm = as_built();
    make(algorithm);
    return {mistake, promise, algorithm};
}

}  // namespace

Algorithm as_built() {
    return {.counts = started, .ahead = upkeep::throttle::ahead_of, .runs = still_runs};
}

const std::vector<Mutant>& mutants() {
    static const std::vector<Mutant> all{
        mutant("no settle time", "not taken back", [](Algorithm& a) { a.settle_seconds = 0; }),
        mutant("a settle time that is a second short", "cap",
               [](Algorithm& a) { a.settle_seconds = latest_commit; }),
        mutant("by id", "order", [](Algorithm& a) { a.ahead = by_id; }),
        mutant("pending ones count", "progress", [](Algorithm& a) { a.counts = also_pending; }),
        mutant("only those of the same limit count", "cap",
               [](Algorithm& a) { a.counts = of_the_same_limit; }),
        mutant("the own second is left out", "cap",
               [](Algorithm& a) { a.counts = before_my_second; }),
        mutant("ended ones are taken for running", "no leak",
               [](Algorithm& a) {
                   a.counts = also_ended;
                   a.ahead = all_others;
                   a.runs = for_ever;
               }),
        mutant("not asked again", "progress", [](Algorithm& a) { a.asks_again = false; }),
        mutant("those that started later count too", "progress",
               [](Algorithm& a) { a.ahead = all_others; }),
    };
    return all;
}

}  // namespace throttle_model
