// Plays the version algorithm through random histories: what docs/versions.md promises
// holds, every exception that it names does occur, and mistakes in the algorithm are noticed.
// UPKEEP_LONG_TESTS=1 plays three times as many stories.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "tests/version_model/algorithm.h"
#include "tests/version_model/ledger.h"
#include "tests/version_model/story.h"

using version_model::as_built;
using version_model::Ledger;
using version_model::Mutant;
using version_model::mutants;
using version_model::Story;

namespace {

constexpr std::uint64_t some = 300;  // stories of up to 400 steps

std::uint64_t stories() {
    // Nothing in the tests sets the environment.
    const char* const all = std::getenv("UPKEEP_LONG_TESTS");  // NOLINT(concurrency-mt-unsafe)
    return all == nullptr ? some : 3 * some;
}

// Without these, a promise might be kept only because nothing happened.
const char* const situations[] = {
    "a baseline",
    "a start with findings",
    "a start without a version",
    "an answer thrown away",
    "an unreadable version handed in",
    "an unknown field comes back",
    "quiet: all as before",
    "quiet: something has gone",
    "growth",
    "at once, though the previous version is of a later day",
    "an incomplete look keeps what it did not see",
    "a reminder",
    "a reminder after a wrong clock",
    "all gone, told",
    "something gone, told",
    "each: versions",
    "each: too many at once",
    "each: into a digest",
    "every: got it",
    "crowd: a reminder",
    "crowd: an incomplete look",
    "crowd: another digest, once a day",
    "crowd: back to names",
    "crowd: held back until tomorrow",
    "crowd: the count grew",
    "a trigger for a new finding",
    "a trigger for another reason",
    "a new history does not trigger again",
    "once a day",
    // What docs/versions.md calls exceptions; exceptions_test.cpp has an example of each.
    "exception: a finding waits until tomorrow",
    "exception: a reminder waits until tomorrow",
    "exception: a pin or --from asks for what is there already",
    "exception: a version by hand is taken at its word",
    "exception: the job ran for this set, today, in an earlier history",
    "exception: twice a day for one set",
    "exception: every misses one: disabled",
    "exception: every misses one: the job had no version of this history before",
    "exception: every misses one: a pin or --from has moved an old version past it",
    "exception: every misses one: the job has had a later one by a pin",
    "exception: every misses one: the job has had a later one in another history",
};

}  // namespace

TEST_CASE("versions: what is promised holds in every history") {
    Ledger ledger;
    for (std::uint64_t seed = 1; seed <= stories() && ledger.broken().empty(); ++seed) {
        Story(seed, as_built, ledger).play();
    }
    for (const auto& [promise, how] : ledger.broken()) {
        FAIL_CHECK(promise << ": " << how);
    }
    for (const char* const situation : situations) {
        CHECK_MESSAGE(ledger.seen().contains(situation), situation << " did not come up");
    }
}

TEST_CASE("versions: a mistake in the algorithm is noticed") {
    for (const Mutant& mutant : mutants()) {
        const std::string promise(mutant.promise);
        Ledger ledger;
        for (std::uint64_t seed = 1; seed <= some && !ledger.broken().contains(promise); ++seed) {
            Story(seed, mutant.algorithm, ledger).play();
        }
        CHECK_MESSAGE(ledger.broken().contains(promise),
                      mutant.mistake << ": breaks the promise '" << promise << "'");
    }
}
