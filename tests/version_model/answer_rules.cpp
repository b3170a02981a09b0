#include "tests/version_model/answer_rules.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace version_model {

using std::chrono::days;
using upkeep::Change;
using upkeep::Day;
using upkeep::max_named_findings;
using upkeep::parse_version;
using upkeep::Version;
using upkeep::VersionRules;

namespace {

// Later than tomorrow: no clock that is merely a little ahead.
bool far_ahead(const Change& change, Day today) {
    return change.day && *change.day > today + days{1};
}

bool older_than_today(const Change& change, Day today) {
    return !change.day || *change.day < today || far_ahead(change, today);
}

bool wants_all_changes(const Question& question) {
    return question.rules.triggers == VersionRules::Triggers::change;
}

void judge_set(const Version& version, const Ids& ids, Ledger& ledger) {
    const bool by_name = ids.size() <= max_named_findings;
    ledger.require(version.count == ids.size(), "shape", "count is not how many are open");
    ledger.require(version.open.digest.empty() == by_name, "shape", "a digest, or none, wrongly");
    ledger.require(!by_name || Ids(version.open.ids.begin(), version.open.ids.end()) == ids,
                   "growth", "the last version does not name what is open");
}

void judge_start(const Question& question, const Reading& reading, const Answer& answer,
                 Ledger& ledger) {
    const std::size_t expected = !reading.seen.empty() || question.rules.baseline ? 1 : 0;
    ledger.require(answer.size() == expected, "start", "not one version at the start");
    if (answer.size() != 1) {
        ledger.saw("a start without a version");
        return;
    }
    const Version& first = reading.added.front();
    judge_set(first, reading.seen, ledger);
    ledger.require(first.finding.empty(), "start", "a first version about one finding");
    ledger.saw(reading.seen.empty() ? "a baseline" : "a start with findings");
}

// One version for each new finding, or one for all.
void judge_growth(const Question& question, const Reading& reading, Ledger& ledger) {
    const Version& before = *reading.previous;
    const bool told_apart = question.rules.each && before.open.digest.empty() &&
                            !reading.fresh.empty() &&
                            reading.fresh.size() <= upkeep::max_versions_at_once;
    if (!told_apart) {
        ledger.require(reading.added.size() == 1, "growth", "not one version for what is new");
        ledger.require(reading.added.front().finding.empty(), "each", "about one finding of many");
        ledger.saw(question.rules.each && reading.fresh.size() > upkeep::max_versions_at_once
                       ? "each: too many at once"
                       : "growth");
        return;
    }
    ledger.saw("each: versions", reading.added.size());
    if (!reading.added.back().open.digest.empty()) {
        ledger.saw("each: into a digest");
    }
    if (reading.added.size() != reading.fresh.size()) {
        ledger.require(false, "each", "not one version for each new finding");
        return;
    }
    Ids named;
    std::set_difference(reading.open.begin(), reading.open.end(), reading.fresh.begin(),
                        reading.fresh.end(), std::inserter(named, named.end()));
    auto fresh = reading.fresh.begin();
    for (const Version& version : reading.added) {
        named.insert(*fresh);
        ledger.require(version.finding == *fresh++, "each", "not in the order of the ids");
        judge_set(version, named, ledger);
    }
}

// The previous version names its findings.
void judge_after_names(const Question& question, const Reading& reading, Ledger& ledger) {
    const Version& before = *reading.previous;
    const bool shrinks = reading.open.size() - reading.fresh.size() < before.count;
    const bool reminds =
        !reading.open.empty() && remind_of(question) > days::zero() &&
        (!before.change.day || question.today - *before.change.day >= remind_of(question) ||
         far_ahead(before.change, question.today));
    const bool at_once = reading.grows || (shrinks && wants_all_changes(question));
    if (!at_once && !reminds) {
        ledger.require(reading.added.empty(), "quiet", "a version though nothing is new");
        ledger.saw(shrinks ? "quiet: something has gone" : "quiet: all as before");
        return;
    }
    if (reading.added.empty()) {
        ledger.require(false, at_once ? "growth" : "remind", "no version");
        return;
    }
    judge_set(reading.added.back(), reading.open, ledger);
    if (!question.complete && reading.open != reading.seen) {
        ledger.saw("an incomplete look keeps what it did not see");
    }
    if (at_once) {
        if (reading.grows) {
            judge_growth(question, reading, ledger);
        } else {
            ledger.require(reading.added.size() == 1, "growth", "not one version for what is gone");
            ledger.saw(reading.open.empty() ? "all gone, told" : "something gone, told");
        }
        if (before.change.day && *before.change.day > question.today) {
            ledger.saw("at once, though the previous version is of a later day");
        }
        return;
    }
    ledger.require(reading.added.size() == 1 && reading.added[0].finding.empty(), "remind",
                   "a reminder is one version");
    ledger.require(reading.added[0].change == Change{question.today, 1}, "remind", "not of today");
    ledger.saw(far_ahead(before.change, question.today) ? "a reminder after a wrong clock"
                                                        : "a reminder");
}

// The previous version holds a digest: what is new cannot be told, but for the count.
void judge_after_digest(const Question& question, const Reading& reading, Ledger& ledger) {
    const Version& before = *reading.previous;
    const bool more = reading.seen.size() > before.count;
    if (!question.complete && !more) {
        const bool kept = reading.added.empty() || reading.added[0].open == before.open;
        ledger.require(kept, "crowd", "an incomplete look replaces a digest");
        ledger.saw("crowd: an incomplete look");
        return;
    }
    ledger.require(!more || !reading.added.empty(), "crowd",
                   "more than the digest, and no version");
    ledger.require(more || reading.added.empty() || older_than_today(before.change, question.today),
                   "crowd", "a second version on one day though the count did not grow");
    ledger.require(!reading.seen.empty() || wants_all_changes(question) || reading.added.empty(),
                   "quiet", "a version though everything has gone");
    if (reading.added.empty()) {
        const bool other = !reading.seen.empty() && reading.seen.size() != before.count;
        ledger.require(!other || !older_than_today(before.change, question.today), "crowd",
                       "another set, and no version on a later day");
        ledger.saw(other ? "crowd: held back until tomorrow" : "crowd: no version");
        return;
    }
    ledger.require(reading.added.size() == 1, "crowd", "not one version");
    judge_set(reading.added[0], reading.seen, ledger);
    const bool same = reading.added[0].open == before.open;
    ledger.require(!same || remind_of(question) > days::zero(), "crowd", "the same digest again");
    ledger.saw(more                                   ? "crowd: the count grew"
               : same                                 ? "crowd: a reminder"
               : reading.added[0].open.digest.empty() ? "crowd: back to names"
                                                      : "crowd: another digest, once a day");
}

}  // namespace

days remind_of(const Question& question) {
    const bool recurs = std::any_of(question.open.begin(), question.open.end(),
                                    [](const auto& finding) { return finding.recurs; });
    return question.rules.remind.value_or(days{recurs ? 1 : 0});
}

Reading read(const Question& question, const Answer& answer, Ledger& ledger) {
    Reading reading;
    for (const upkeep::OpenFinding& finding : question.open) {
        reading.seen.insert(finding.id.substr(0, 16));
    }
    reading.open = reading.seen;
    if (question.handed_in) {
        const auto parsed = parse_version(*question.handed_in);
        if (const auto* const version = std::get_if<Version>(&parsed)) {
            reading.previous = *version;
            if (!question.complete) {
                reading.open.insert(version->open.ids.begin(), version->open.ids.end());
            }
        } else {
            ledger.saw("an unreadable version handed in");
        }
    }
    if (reading.previous) {
        const upkeep::OpenSet& before = reading.previous->open;
        std::copy_if(reading.open.begin(), reading.open.end(),
                     std::inserter(reading.fresh, reading.fresh.end()),
                     [&before](const std::string& id) { return !before.names(id); });
        reading.grows = !reading.fresh.empty();
    }
    for (std::size_t i = reading.previous ? 1 : 0; i < answer.size(); ++i) {
        const auto parsed = parse_version(answer[i]);
        const auto* const version = std::get_if<Version>(&parsed);
        ledger.require(version != nullptr, "shape", "a version that cannot be read again");
        if (version != nullptr) {
            ledger.require(to_fields(*version) == answer[i], "shape", "more than it should say");
            reading.added.push_back(*version);
        }
    }
    return reading;
}

void judge(const Question& question, const Answer& answer, const Reading& reading, Ledger& ledger) {
    if (!reading.previous) {
        if (reading.added.size() == answer.size()) {
            judge_start(question, reading, answer, ledger);
        }
        return;
    }
    const bool returned = !answer.empty() && answer.front() == *question.handed_in;
    ledger.require(returned, "previous", "what was handed in does not come back unchanged");
    if (!returned || reading.added.size() + 1 != answer.size()) {
        return;
    }
    std::set<upkeep::VersionFields> different(answer.begin(), answer.end());
    ledger.require(different.size() == answer.size(), "shape", "a version twice in one answer");
    if (question.handed_in->contains("colour")) {
        ledger.saw("an unknown field comes back");
    }
    if (reading.previous->open.digest.empty()) {
        judge_after_names(question, reading, ledger);
    } else {
        judge_after_digest(question, reading, ledger);
    }
}

}  // namespace version_model
