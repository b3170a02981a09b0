// A random history of an environment, of the people around it and of its clocks, played through the
// algorithm and the model of Concourse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/version_model/algorithm.h"
#include "tests/version_model/concourse.h"
#include "tests/version_model/ledger.h"
#include "tests/version_model/witness.h"

namespace version_model {

// The same on every machine for the same seed.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::size_t below(std::size_t limit);
    bool one_in(std::size_t times) { return below(times) == 0; }

  private:
    std::uint64_t state_;
};

// What can go wrong, or is done by people, in a story; each story has some of it.
struct Troubles {
    bool new_sources = false;  // rotated credentials, sources that return, new images
    bool always_new = false;   // credentials that are new at every check
    bool incomplete = false;   // looks of which a part fails
    bool lost = false;         // answers thrown away, looks that fail
    bool pins = false;
    bool from = false;  // check-resource, with and without --from
    bool wrong_clocks = false;
    bool disabled = false;  // versions disabled and enabled, cleared histories
    bool paused = false;    // paused jobs, builds that take their time
};

class Story {
  public:
    Story(std::uint64_t seed, Algorithm algorithm, Ledger& ledger);
    void play();

  private:
    struct Thing {
        upkeep::OpenFinding finding;
        bool open = false;
    };

    void choose_rules();
    void invent_findings();
    void step();

    void change_the_set();
    void many_at_once();
    void trouble();
    void source_trouble();
    void pin_trouble();
    void version_trouble();
    void job_trouble();
    void clock_trouble();

    void check(bool by_hand);
    std::optional<upkeep::VersionFields> version_by_hand();
    Question look();
    std::optional<VersionId> any_version();

    std::uint64_t seed_;
    Dice dice_;
    Algorithm algorithm_;
    Ledger& ledger_;
    upkeep::VersionRules rules_;
    Troubles troubles_;
    std::size_t steps_ = 0;
    Concourse concourse_;
    Witness witness_;

    std::vector<Thing> things_;            // the first is "a part could not be looked at"
    std::vector<std::vector<bool>> sets_;  // that were open once, to return to
    upkeep::Day day_;
    std::chrono::days clock_error_{0};
    std::size_t source_ = 0;
    std::size_t image_ = 0;
    std::size_t history_at_last_check_ = 0;
};

}  // namespace version_model
