// Plays the throttle through everything that can happen to a few builds, in every order: what it
// promises holds in each state, and mistakes in it are noticed. UPKEEP_LONG_TESTS=1 goes further.
#include <doctest/doctest.h>

#include <cstddef>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/throttle_model/algorithm.h"
#include "tests/throttle_model/exploration.h"
#include "tests/throttle_model/group.h"

using throttle_model::as_built;
using throttle_model::event_kinds;
using throttle_model::Exploration;
using throttle_model::Group;
using throttle_model::Mutant;
using throttle_model::mutants;

namespace {

using Limits = std::vector<std::size_t>;

struct Crowd {
    Limits limits;
    std::size_t states;  // that there were when this was written: fewer are a hole in the model
    bool place_holders_lose_workers = true;
    bool takes_long = false;
};

const Crowd crowds[] = {
    {{0, 0}, 236},
    {{1, 1}, 456},
    {{1, 1, 1}, 16'358},
    {{2, 2, 2}, 35'384},
    {{1, 2, 2}, 29'453},
    {{2, 1, 2}, 28'229},
    {{2, 2, 1}, 27'759},
    {{1, 1, 1, 1}, 399'598, false},
    {{2, 2, 2, 2}, 570'937, false},
    {{2, 1, 2, 2}, 527'448, false},
    {{1, 1, 1, 1}, 736'867, true, true},
    {{2, 2, 2, 2}, 1'917'070, true, true},
    {{1, 2, 2, 2}, 1'599'298, true, true},
    {{2, 1, 2, 2}, 1'565'111, true, true},
    {{2, 2, 1, 2}, 1'562'897, true, true},
    {{2, 2, 2, 1}, 1'531'695, true, true},
    {{3, 1, 3, 2}, 2'417'769, true, true},
};

bool time_for_long_ones() {
    // Nothing in the tests sets the environment.
    return std::getenv("UPKEEP_LONG_TESTS") != nullptr;  // NOLINT(concurrency-mt-unsafe)
}

std::string text_of(const Limits& limits) {
    std::string text = "limits";
    for (const std::size_t limit : limits) {
        text += " " + std::to_string(limit);
    }
    return text;
}

}  // namespace

TEST_CASE("throttle: what is promised holds, whatever happens in whatever order") {
    for (const Crowd& crowd : crowds) {
        if (crowd.takes_long && !time_for_long_ones()) {
            continue;
        }
        CAPTURE(text_of(crowd.limits));
        const Group group(crowd.limits, as_built(), crowd.place_holders_lose_workers);
        Exploration all(group);
        all.run();
        for (const auto& [promise, how] : all.broken()) {
            FAIL_CHECK(promise << ": " << how);
        }
        CHECK(all.states() >= crowd.states);
    }
}

TEST_CASE("throttle: everything happens to the builds of the model") {
    const Group group({1, 1}, as_built());
    Exploration all(group);
    all.run();
    for (std::size_t kind = 0; kind < event_kinds; ++kind) {
        const throttle_model::Happening what{static_cast<throttle_model::Event>(kind)};
        CHECK_MESSAGE(all.happened(what.event) > 0, what.text());
    }
}

TEST_CASE("throttle: a mistake in the algorithm is noticed") {
    for (const Mutant& mutant : mutants()) {
        const std::string promise(mutant.promise);
        const Group group({2, 1, 2}, mutant.algorithm);
        Exploration all(group);
        all.run(promise);
        CHECK_MESSAGE(all.broken().contains(promise),
                      mutant.mistake << ": breaks the promise '" << promise << "'");
    }
}
