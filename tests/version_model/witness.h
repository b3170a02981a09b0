// Watches a story: whether what check answers does to jobs what is promised.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/version_model/answer_rules.h"
#include "tests/version_model/concourse.h"

namespace version_model {

struct Circumstances {
    bool handed_the_head = false;   // or nothing, where there was nothing
    bool history_unchanged = true;  // the check found the history that the one before left
    bool clock_always_right = true;
};

class Witness {
  public:
    Witness(Concourse& concourse, Ledger& ledger) : concourse_(concourse), ledger_(ledger) {}

    // In this order. Between the first two, or instead of the rest, the answer may be lost.
    void answered(const Question& question, const Answer& answer, const Circumstances& about);
    void before_saving();
    void after_saving(bool any_new);
    void after_scheduling();  // at any time
    void disabled(VersionId id) { ever_disabled_.insert(id); }

  private:
    using Key = std::pair<std::size_t, VersionId>;  // of a job, or of a history

    void same_set_same_version();
    void no_version_twice();
    void head_is_the_last();
    void triggered_once_a_day();
    void trigger_for_what_is_new();
    void every_gets_each();
    std::string excuse(const Job& job, VersionId id) const;
    bool idle(const Job& job) const;

    Concourse& concourse_;
    Ledger& ledger_;

    Question question_;
    Answer answer_;
    Reading reading_;
    Circumstances about_;
    bool new_in_this_history_ = false;         // the last of the answer
    std::set<std::size_t> ran_for_it_before_;  // the jobs
    bool quiet_ = false;
    std::size_t builds_before_ = 0;
    std::size_t builds_judged_ = 0;

    std::set<Key> returned_;  // by this answer, but for the latest at its beginning
    std::set<Key> moved_;     // and so out of the order in which they were made
    // Of each history: when something last happened after which a version may come twice.
    std::map<std::size_t, std::size_t> bent_at_;
    // What a set was called, by `open` and `change`, when it was seen completely.
    std::map<std::pair<std::string, std::string>, upkeep::VersionFields> called_;
    std::map<std::tuple<std::size_t, std::string, upkeep::Day>, std::size_t> triggered_;
    std::set<upkeep::Day> set_back_on_;  // a version of that day followed one, and named no more
    std::set<Key> awaited_;              // what a job with `version: every` still has to get
    std::set<VersionId> ever_disabled_;
};

}  // namespace version_model
