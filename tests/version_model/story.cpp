#include "tests/version_model/story.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/finding.h"

namespace version_model {

using std::chrono::days;
using upkeep::VersionFields;
using upkeep::VersionRules;

namespace {

std::vector<Job> some_jobs() {
    std::vector<Job> jobs(4);
    jobs[1].serial = true;
    jobs[2].every = true;
    jobs[3].every = true;
    jobs[3].serial = true;
    return jobs;
}

}  // namespace

// SplitMix64.
std::size_t Dice::below(std::size_t limit) {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<std::size_t>((mixed ^ (mixed >> 31U)) % limit);
}

Story::Story(std::uint64_t seed, Algorithm algorithm, Ledger& ledger)
    : seed_(seed),
      dice_(seed),
      algorithm_(std::move(algorithm)),
      ledger_(ledger),
      concourse_(dice_.one_in(3), some_jobs()),
      witness_(concourse_, ledger),
      day_(std::chrono::year{2026} / 11 / 23) {
    choose_rules();
    invent_findings();
}

void Story::choose_rules() {
    rules_.triggers =
        dice_.one_in(4) ? VersionRules::Triggers::change : VersionRules::Triggers::growth;
    rules_.each = dice_.one_in(3);
    rules_.baseline = !dice_.one_in(5);
    if (dice_.one_in(2)) {
        constexpr int reminders[] = {0, 1, 2, 7};
        rules_.remind = days{reminders[dice_.below(4)]};
    }
    if (dice_.one_in(5)) {
        return;  // nothing goes wrong
    }
    troubles_.always_new = dice_.one_in(8);
    for (bool Troubles::*const trouble :
         {&Troubles::new_sources, &Troubles::incomplete, &Troubles::lost, &Troubles::pins,
          &Troubles::from, &Troubles::wrong_clocks, &Troubles::disabled, &Troubles::paused}) {
        troubles_.*trouble = dice_.one_in(2);
    }
}

void Story::invent_findings() {
    std::size_t count = 3 + dice_.below(4);
    steps_ = 400;
    bool crowd = false;
    if (dice_.one_in(10)) {
        count = 130 + dice_.below(60);  // enough for "too many at once"
        steps_ = 100;
    } else if (dice_.one_in(10)) {
        count = 502 + dice_.below(12);  // enough for digests
        steps_ = 150;
        crowd = true;
    }
    for (std::size_t i = 0; i <= count; ++i) {
        const std::string name = "deployment-" + std::to_string(i);
        const std::string_view facts[] = {"stemcell", name};
        things_.push_back({{upkeep::finding_id(facts), name, i == 0 || dice_.one_in(4)}, crowd});
    }
    // One subject may have two findings.
    things_[1].finding.subject = things_[2].finding.subject;
}

void Story::play() {
    for (std::size_t i = 0; i < steps_; ++i) {
        concourse_.now = i + 1;
        ledger_.at("seed " + std::to_string(seed_) + ", step " + std::to_string(i) + ": ");
        step();
        concourse_.schedule();
        witness_.after_scheduling();
    }
}

void Story::step() {
    const std::size_t die = dice_.below(20);
    if (die < 10) {
        check(false);
    } else if (die < 15) {
        change_the_set();
    } else if (die < 16) {
        day_ += days{dice_.one_in(4) ? 1 + dice_.below(9) : 1};
    } else {
        trouble();
    }
}

void Story::change_the_set() {
    std::vector<bool> set;
    set.reserve(things_.size());
    for (const Thing& thing : things_) {
        set.push_back(thing.open);
    }
    if (things_.size() > 100 && !dice_.one_in(4)) {
        many_at_once();
    } else if (dice_.one_in(12)) {
        for (Thing& thing : things_) {
            thing.open = false;
        }
    } else if (!sets_.empty() && dice_.one_in(3)) {
        const std::vector<bool>& old = sets_[dice_.below(sets_.size())];
        for (std::size_t i = 0; i < things_.size(); ++i) {
            things_[i].open = old[i];
        }
    } else {
        Thing& thing = things_[1 + dice_.below(things_.size() - 1)];
        thing.open = !thing.open;
    }
    if (sets_.size() < 8) {
        sets_.push_back(set);
    } else {
        sets_[dice_.below(8)] = set;
    }
}

void Story::many_at_once() {
    const bool open = !dice_.one_in(3);
    const std::size_t from = 1 + dice_.below(things_.size() - 1);
    const std::size_t count = 1 + dice_.below(dice_.one_in(4) ? things_.size() : 10);
    for (std::size_t i = from; i < std::min(from + count, things_.size()); ++i) {
        things_[i].open = open;
    }
}

void Story::trouble() {
    switch (dice_.below(6)) {
        case 0:
            return source_trouble();
        case 1:
            return pin_trouble();
        case 2:
            return version_trouble();
        case 3:
            return job_trouble();
        case 4:
            return clock_trouble();
        default:
            if (troubles_.from) {
                check(true);
            }
    }
}

void Story::source_trouble() {
    if (troubles_.new_sources && dice_.one_in(2)) {
        source_ = dice_.one_in(2) ? source_ + 1 : dice_.below(source_ + 1);
    } else if (troubles_.new_sources && dice_.one_in(3)) {
        ++image_;
    }
}

void Story::pin_trouble() {
    if (!troubles_.pins) {
        return;
    }
    if (concourse_.pinned()) {
        concourse_.unpin();
    } else if (!concourse_.history().order.empty()) {
        auto version = concourse_.history().order.begin();
        std::advance(version, dice_.below(concourse_.history().order.size()));
        concourse_.pin(version->first);
    }
}

void Story::version_trouble() {
    if (!troubles_.disabled) {
        return;
    }
    const auto version = any_version();
    if (dice_.one_in(6)) {
        concourse_.clear_versions();
    } else if (version && concourse_.disabled(*version)) {
        concourse_.enable(*version);
    } else if (version) {
        concourse_.disable(*version);
        witness_.disabled(*version);
    }
}

void Story::job_trouble() {
    const std::size_t job = dice_.below(concourse_.jobs().size());
    if (troubles_.paused && dice_.one_in(2)) {
        concourse_.pause(job, !concourse_.jobs()[job].paused);
    } else if (concourse_.jobs()[job].running) {
        concourse_.finish(job);
    }
}

void Story::clock_trouble() {
    if (!troubles_.wrong_clocks) {
        return;
    }
    constexpr int errors[] = {0, 0, 0, 1, 2, 40, 400, -1, -3, -300};
    clock_error_ = days{errors[dice_.below(10)]};
}

std::optional<VersionId> Story::any_version() {
    if (concourse_.versions.size() == 0) {
        return std::nullopt;
    }
    return dice_.below(concourse_.versions.size());
}

std::optional<VersionFields> Story::version_by_hand() {
    const auto version = any_version();
    if (!version || dice_.one_in(3)) {
        return std::nullopt;  // check-resource without --from
    }
    VersionFields fields = concourse_.versions.fields(*version);
    switch (dice_.below(8)) {
        case 0:
            return VersionFields{{"ref", "61cbef"}};
        case 1:
            return VersionFields{{"open", fields["open"]}};
        case 2:
            fields["colour"] = "red";
            return fields;
        case 3:
            fields["change"] = "2026-02-30.1";
            return fields;
        default:
            return fields;
    }
}

Question Story::look() {
    Question question;
    question.rules = rules_;
    question.today = day_ + clock_error_;
    question.second = concourse_.now;
    question.complete = !(troubles_.incomplete && dice_.one_in(3));
    things_[0].open = !question.complete;
    for (const Thing& thing : things_) {
        if (thing.open && (question.complete || &thing == things_.data() || dice_.one_in(2))) {
            question.open.push_back(thing.finding);
        }
    }
    for (std::size_t i = question.open.size(); i > 1; --i) {
        std::swap(question.open[i - 1], question.open[dice_.below(i)]);
    }
    return question;
}

void Story::check(bool by_hand) {
    source_ += troubles_.always_new ? 1 : 0;
    concourse_.point_to(std::to_string(source_) + "@" + std::to_string(image_));

    Question question = look();
    const std::optional<VersionId> head = concourse_.history().latest();
    if (by_hand) {
        question.handed_in = version_by_hand();
    } else if (const auto version = concourse_.version_for_check()) {
        question.handed_in = concourse_.versions.fields(*version);
    }
    const auto latest = head ? std::optional(concourse_.versions.fields(*head)) : std::nullopt;
    if (by_hand && !question.handed_in) {
        question.handed_in = latest;
    }

    Circumstances about;
    about.handed_the_head = question.handed_in == latest;
    about.history_unchanged = concourse_.history().serial == history_at_last_check_;
    about.clock_always_right = !troubles_.wrong_clocks;
    history_at_last_check_ = concourse_.history().serial;

    const Answer answer = algorithm_(question);
    witness_.answered(question, answer, about);
    if (troubles_.lost && dice_.one_in(5)) {
        ledger_.saw("an answer thrown away");
        return;
    }
    witness_.before_saving();
    witness_.after_saving(concourse_.save(answer));
}

}  // namespace version_model
