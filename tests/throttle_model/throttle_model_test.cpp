// Plays the throttle through everything that can happen to a few builds, in every order: what it
// promises holds in each state, and mistakes in it are noticed.
#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <vector>
#include <iostream>
#include <chrono>

#include "tests/throttle_model/algorithm.h"
#include "tests/throttle_model/exploration.h"

using namespace throttle_model;

TEST_CASE("throttle model: measure") {
    for (const std::vector<std::size_t>& limits :
         std::vector<std::vector<std::size_t>>{{1,1},{1,1,1},{2,2,2},{2,1,2},{1,1,1,1}}) {
        const auto t=std::chrono::steady_clock::now();
        const Group group(limits, as_built());
        Exploration all(group);
        all.run();
        std::cerr << limits.size() << " " << limits[0] << ": " << all.states() << " "
           << std::chrono::duration<double>(std::chrono::steady_clock::now()-t).count() << "\n";
        for (auto& [e,n] : all.happened()) std::cerr << int(e) << "=" << n << " ";
        std::cerr << "\n";
        for (auto& [p,h] : all.broken()) std::cerr << p << ": " << h << "\n";
        if (limits.size()==4) break;
    }
    for (const Mutant& mutant : mutants()) {
        for (const std::vector<std::size_t>& limits : std::vector<std::vector<std::size_t>>{{1,1,1},{2,1,2}}) {
        const Group group(limits, mutant.algorithm);
        Exploration all(group);
        all.run("none");
        std::cerr << "MUTANT " << mutant.mistake << " " << limits[0] << limits[1] << " " << all.states() << ": ";
        for (auto& [p,h] : all.broken()) std::cerr << p << ", ";
        std::cerr << "\n";
        }
    }
}
