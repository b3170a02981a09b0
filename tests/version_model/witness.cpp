#include "tests/version_model/witness.h"

#include <algorithm>
#include <variant>

namespace version_model {

using std::chrono::days;
using upkeep::Day;
using upkeep::parse_version;
using upkeep::Version;

namespace {

// A version of a set as a look sees it that saw all, and not about one finding of it.
bool whole(const Question& question, const Version& version) {
    return question.complete && version.finding.empty();
}

}  // namespace

void Witness::answered(const Question& question, const Answer& answer, const Circumstances& about) {
    question_ = question;
    answer_ = answer;
    about_ = about;
    quiet_ = false;
    builds_before_ = concourse_.builds().size();
    reading_ = read(question, answer, ledger_);
    judge(question, answer, reading_, ledger_);
    same_set_same_version();
}

// Whatever the history: a job that has used it is not triggered by it again.
void Witness::same_set_same_version() {
    for (const Version& version : reading_.added) {
        const bool first = !reading_.previous;
        if (first || whole(question_, version)) {
            const auto fields = to_fields(version);
            const auto [place, is_new] =
                called_.try_emplace({fields.at("open"), fields.at("change")}, fields);
            ledger_.require(place->second == fields, "same",
                            "two versions of one set with one change");
        }
    }
    if (!reading_.previous && !answer_.empty() && reading_.seen.empty()) {
        const auto [place, is_new] = called_.try_emplace({"", "baseline"}, answer_.front());
        ledger_.require(place->second == answer_.front(), "same", "two baselines");
    }
}

void Witness::before_saving() {
    const History& history = concourse_.history();
    if (answer_.empty()) {
        return;
    }
    std::size_t& bent_at = bent_at_[history.serial];
    // A reminder that corrects the date of a wrong clock.
    const bool back_in_time = reading_.previous && !reading_.grows && !reading_.added.empty() &&
                              reading_.previous->change.day > reading_.added.back().change.day;
    if (!about_.handed_the_head || back_in_time) {
        bent_at = concourse_.now;
    }
    no_version_twice();
    const VersionId last = concourse_.versions.id_of(answer_.back());
    new_in_this_history_ = !history.saved_at.contains(last);
    returned_.clear();
    for (const upkeep::VersionFields& fields : answer_) {
        const VersionId id = concourse_.versions.id_of(fields);
        const bool in_its_place = &fields == answer_.data() && history.latest() == id;
        if (history.saved_at.contains(id) && !in_its_place) {
            returned_.emplace(history.serial, id);
        }
    }
    ran_for_it_before_.clear();
    for (std::size_t i = 0; i < concourse_.jobs().size(); ++i) {
        if (concourse_.jobs()[i].used.contains(last)) {
            ran_for_it_before_.insert(i);
        }
    }
    const bool known =
        reading_.previous && history.saved_at.contains(concourse_.versions.id_of(answer_.front()));
    quiet_ = known && reading_.added.empty() && about_.history_unchanged;
    if (reading_.previous && !known && reading_.added.empty()) {
        ledger_.saw("exception: a version by hand is taken at its word");
    }
}

// But after a pin, --from or a wrong clock.
void Witness::no_version_twice() {
    const History& history = concourse_.history();
    for (const Version& version : reading_.added) {
        const VersionId id = concourse_.versions.id_of(to_fields(version));
        const auto saved = history.saved_at.find(id);
        if (saved == history.saved_at.end()) {
            continue;
        }
        ledger_.require(bent_at_[history.serial] >= saved->second, "growth",
                        "a version that this history has already");
        ledger_.saw(!about_.handed_the_head
                        ? "exception: a pin or --from asks for what is there already"
                    : reading_.grows ? "exception: a finding waits until tomorrow"
                                     : "exception: a reminder waits until tomorrow");
        if (about_.clock_always_right && version.change.day) {
            ledger_.require(version.change.day == question_.today, "growth",
                            "it would wait for longer than until tomorrow");
        }
    }
}

void Witness::after_saving(bool any_new) {
    if (any_new) {
        head_is_the_last();
        moved_.insert(returned_.begin(), returned_.end());
        for (const Version& version : reading_.added) {
            if (!version.finding.empty()) {
                for (std::size_t job = 0; job < concourse_.jobs().size(); ++job) {
                    awaited_.emplace(job, concourse_.versions.id_of(to_fields(version)));
                }
            }
        }
    }
    if (reading_.previous && !reading_.added.empty() && reading_.previous->change.day &&
        *reading_.previous->change.day >= question_.today &&
        reading_.added.front().count <= reading_.previous->count) {
        set_back_on_.insert(*reading_.previous->change.day);
    }
    const days remind = remind_of(question_);
    const bool there_already = !reading_.added.empty() && !new_in_this_history_;
    if (about_.handed_the_head && about_.clock_always_right && remind > days::zero() &&
        !reading_.seen.empty() && !there_already) {
        const auto head = parse_version(concourse_.versions.fields(*concourse_.history().latest()));
        const auto* const version = std::get_if<Version>(&head);
        const bool young = version != nullptr && version->change.day &&
                           question_.today - *version->change.day < remind;
        ledger_.require(young, "remind",
                        "what is open is named by no version younger than `remind`");
    }
}

void Witness::head_is_the_last() {
    ledger_.require(concourse_.history().latest() == concourse_.versions.id_of(answer_.back()),
                    "previous", "the last of the answer is not the latest");
}

void Witness::after_scheduling() {
    triggered_once_a_day();
    if (quiet_) {
        ledger_.require(concourse_.builds().size() == builds_before_, "quiet",
                        "a build though nothing is new");
    }
    trigger_for_what_is_new();
    every_gets_each();
    quiet_ = false;
    new_in_this_history_ = false;
}

// Across all histories: a job is triggered for a set at most once a UTC day, as long as on that day
// no history has called two sets in a row that did not grow.
void Witness::triggered_once_a_day() {
    for (; builds_judged_ < concourse_.builds().size(); ++builds_judged_) {
        const Build& build = concourse_.builds()[builds_judged_];
        const auto& fields = concourse_.versions.fields(build.version);
        const auto parsed = parse_version(fields);
        const auto* const version = std::get_if<Version>(&parsed);
        if (!build.first_use || version == nullptr || !version->change.day) {
            continue;
        }
        const auto called = called_.find({fields.at("open"), fields.at("change")});
        if (called == called_.end() || called->second != fields) {
            continue;
        }
        const Day day = *version->change.day;
        const std::size_t times = ++triggered_[{build.job, fields.at("open"), day}];
        ledger_.saw(times == 1 ? "once a day" : "exception: twice a day for one set");
        ledger_.require(times == 1 || set_back_on_.contains(day), "once a day",
                        "a job was triggered twice on one day for one set");
    }
}

bool Witness::idle(const Job& job) const {
    return !job.paused && !(job.serial && job.running) && !concourse_.pinned();
}

void Witness::trigger_for_what_is_new() {
    if (!new_in_this_history_ || reading_.added.empty()) {
        return;
    }
    const VersionId last = concourse_.versions.id_of(answer_.back());
    for (std::size_t i = 0; i < concourse_.jobs().size(); ++i) {
        const Job& job = concourse_.jobs()[i];
        if (job.every || !idle(job) || concourse_.disabled(last)) {
            continue;
        }
        ledger_.require(job.used.contains(last), "trigger", "a job does not run for what is new");
        if (ran_for_it_before_.contains(i)) {
            ledger_.require(job.used.at(last).history != concourse_.history().serial, "trigger",
                            "a job has run for a version before it was there");
            ledger_.saw(reading_.grows
                            ? "exception: the job ran for this set, today, in an earlier history"
                            : "a new history does not trigger again");
        } else {
            ledger_.saw(reading_.grows ? "a trigger for a new finding"
                                       : "a trigger for another reason");
        }
    }
}

void Witness::every_gets_each() {
    const History& history = concourse_.history();
    for (auto place = awaited_.begin(); place != awaited_.end();) {
        const auto [index, id] = *place;
        const Job& job = concourse_.jobs()[index];
        const bool here = history.order.contains(id);
        if (here && job.every && !idle(job)) {
            ++place;
            continue;
        }
        if (here && job.every) {
            const bool got = job.used.contains(id);
            const std::string why = got ? "" : excuse(job, id);
            ledger_.saw(got ? "every: got it" : "exception: every misses one: " + why);
            ledger_.require(got || !why.empty(), "every",
                            "a job with version: every misses a finding");
        }
        place = awaited_.erase(place);
    }
}

// Why a job with `version: every` has gone past a version; empty when there is no good reason.
std::string Witness::excuse(const Job& job, VersionId id) const {
    const History& history = concourse_.history();
    const std::size_t saved = history.saved_at.at(id);
    if (ever_disabled_.contains(id)) {
        return "disabled";
    }
    bool joined = false;
    std::string why;
    for (const auto& [other, order] : history.order) {
        const auto use = job.used.find(other);
        if (use == job.used.end()) {
            continue;
        }
        joined = joined || (history.saved_at.at(other) < saved && use->second.at < saved);
        if (order < history.order.at(id)) {
            continue;
        }
        if (use->second.history != history.serial) {
            why = "the job has had a later one in another history";
        } else if (use->second.pinned) {
            why = "the job has had a later one by a pin";
        } else if (moved_.contains({history.serial, other})) {
            why = "a pin or --from has moved an old version past it";
        }
    }
    return joined ? why : "the job had no version of this history before";
}

}  // namespace version_model
