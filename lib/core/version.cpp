#include "core/version.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/digest.h"
#include "core/failure.h"
#include "core/finding.h"
#include "core/text.h"

namespace upkeep {

namespace {

constexpr std::size_t subjects_named = 3;
constexpr std::size_t subject_width = 60;

using Ids = std::vector<std::string>;                 // sorted, each once
using Subjects = std::map<std::string, std::string>;  // by short id

Ids ids_of(const Subjects& subjects) {
    Ids ids;
    for (const auto& [id, subject] : subjects) {
        ids.push_back(id);
    }
    return ids;
}

// --- A set of findings as a version

OpenSet set_of(const Ids& ids) {
    if (ids.size() <= max_named_findings) {
        return OpenSet{ids, {}};
    }
    const std::vector<std::string_view> facts(ids.begin(), ids.end());
    return OpenSet{{}, "sha256:" + digest_of(facts)};
}

// Made of the set alone: the same findings give the same words, whatever came before. The exception
// are findings that an incomplete look did not see: nobody knows their subjects, they are counted.
std::string summary_of(const Ids& ids, const Subjects& subjects) {
    if (ids.empty()) {
        return "nothing open";
    }
    std::vector<std::string_view> names;
    std::size_t unnamed = 0;
    for (const std::string& id : ids) {
        const auto found = subjects.find(id);
        if (found == subjects.end() || found->second.empty()) {
            ++unnamed;
        } else {
            names.push_back(found->second);
        }
    }
    if (names.empty()) {
        return counted(ids.size(), "finding", "findings");
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    const std::size_t named = std::min(names.size(), subjects_named);
    const std::size_t more = names.size() - named + unnamed;
    std::string summary;
    for (std::size_t i = 0; i < named; ++i) {
        const bool last = i + 1 == named && more == 0;
        summary += i == 0 ? "" : last ? " and " : ", ";
        summary += shortened(printable(names[i]), subject_width);
    }
    return more == 0 ? summary : summary + " and " + std::to_string(more) + " more";
}

Version version_of(const Ids& ids, const Subjects& subjects, const Change& change) {
    return Version{set_of(ids), ids.size(), summary_of(ids, subjects), change, {}};
}

// --- Whether a version is due, and with which `change`

bool is_named(const OpenSet& open) {
    return open.digest.empty();
}

// A version of tomorrow was made just before midnight by a clock that is a little ahead; one of a
// later day by a wrong clock.
bool by_wrong_clock(const Change& change, Day today) {
    return change.day && *change.day > today + std::chrono::days{1};
}

// Along a history (day, number, count) only goes up, so that no version comes twice in it. The
// number goes up no more often than that needs: while what is open only grows, a set is called
// 2026-11-23.1 in this history and in a new one, and triggers a job but once.
Change next_change(const Version& previous, std::size_t count, Day today) {
    const Change& change = previous.change;
    if (!change.day || *change.day < today || change.number >= max_change_number) {
        return {today, 1};
    }
    return {change.day, count > previous.count ? change.number : change.number + 1};
}

// A set that is too large to be named is never within one that is not.
bool grows(const OpenSet& named, const OpenSet& now) {
    return !is_named(now) ||
           !std::includes(named.ids.begin(), named.ids.end(), now.ids.begin(), now.ids.end());
}

bool reminder_is_due(const Change& change, std::chrono::days remind, Day today) {
    return remind > std::chrono::days::zero() &&
           (!change.day || today - *change.day >= remind || by_wrong_clock(change, today));
}

enum class Due {
    nothing,
    at_once,
    daily,  // dated today whatever came before: at most one a day, also after a wrong clock
};

Due due_after(const Version& previous, const Version& now, const VersionRules& rules,
              std::chrono::days remind, Day today) {
    const bool any_change = rules.triggers == VersionRules::Triggers::change;
    if (now.open != previous.open && (now.count > 0 || any_change)) {
        if (is_named(previous.open)) {
            if (any_change || grows(previous.open, now.open)) {
                return Due::at_once;
            }
        } else if (now.count > previous.count) {
            return Due::at_once;
        } else if (!previous.change.day || *previous.change.day < today ||
                   by_wrong_clock(previous.change, today)) {
            return Due::daily;
        }
    }
    const bool again = now.count > 0 && reminder_is_due(previous.change, remind, today);
    return again ? Due::daily : Due::nothing;
}

// --- With `each`

// What is still open and the first new finding, then the first two, ...; nothing where the new ones
// cannot be told or are too many: then one version has to do.
std::vector<Version> one_by_one(const Version& previous, const Ids& ids, const Subjects& subjects,
                                Day today) {
    const Ids& before = previous.open.ids;
    Ids fresh;
    std::set_difference(ids.begin(), ids.end(), before.begin(), before.end(),
                        std::back_inserter(fresh));
    if (!is_named(previous.open) || fresh.size() > max_versions_at_once) {
        return {};
    }
    Ids named;
    std::set_intersection(ids.begin(), ids.end(), before.begin(), before.end(),
                          std::back_inserter(named));
    const Change change = next_change(previous, named.size() + 1, today);
    std::vector<Version> versions;
    for (const std::string& id : fresh) {
        named.insert(std::upper_bound(named.begin(), named.end(), id), id);
        versions.push_back(version_of(named, subjects, change));
        versions.back().finding = id;
    }
    return versions;
}

// --- A look as an answer

Subjects subjects_of(const std::vector<OpenFinding>& open) {
    Subjects subjects;
    for (const OpenFinding& finding : open) {
        const std::string_view id = short_id(finding.id);
        if (!is_short_id(id)) {
            throw Failure("naming the finding about " + finding.subject + " in a version",
                          "its id was not made by finding_id()", "This is a mistake in upkeep.");
        }
        // One id has one subject; should it have two, the order of the look must not matter.
        const auto [place, is_new] = subjects.emplace(id, finding.subject);
        place->second = std::min(place->second, finding.subject);
    }
    return subjects;
}

std::vector<Version> versions_after(const Version& previous, const Subjects& subjects,
                                    bool complete, const VersionRules& rules,
                                    std::chrono::days remind, Day today) {
    Ids ids;
    const Ids seen = ids_of(subjects);
    const Ids kept = complete ? Ids{} : previous.open.ids;
    std::set_union(seen.begin(), seen.end(), kept.begin(), kept.end(), std::back_inserter(ids));
    // What a digest names cannot be added to: it stands until more are seen than it counts.
    const bool stands = !complete && !is_named(previous.open) && ids.size() <= previous.count;
    Version now = stands ? previous : version_of(ids, subjects, {});
    now.finding.clear();

    const Due due = due_after(previous, now, rules, remind, today);
    if (due == Due::nothing) {
        return {};
    }
    if (rules.each) {
        if (std::vector<Version> versions = one_by_one(previous, ids, subjects, today);
            !versions.empty()) {
            return versions;
        }
    }
    now.change = due == Due::daily ? Change{today, 1} : next_change(previous, now.count, today);
    return {now};
}

}  // namespace

bool OpenSet::names(std::string_view short_id) const {
    return !digest.empty() || std::binary_search(ids.begin(), ids.end(), short_id);
}

std::vector<VersionFields> next_versions(const std::optional<VersionFields>& handed_in,
                                         const std::vector<OpenFinding>& open, bool complete,
                                         const VersionRules& rules, Day today) {
    const Subjects subjects = subjects_of(open);
    const bool recurs =
        std::any_of(open.begin(), open.end(), [](const auto& f) { return f.recurs; });
    const auto remind = rules.remind.value_or(std::chrono::days{recurs ? 1 : 0});

    const auto parsed = handed_in ? parse_version(*handed_in) : std::string();
    std::vector<VersionFields> answer;
    if (const Version* const previous = std::get_if<Version>(&parsed)) {
        answer.push_back(*handed_in);
        for (const Version& version :
             versions_after(*previous, subjects, complete, rules, remind, today)) {
            answer.push_back(to_fields(version));
        }
    } else if (!subjects.empty()) {
        answer.push_back(to_fields(version_of(ids_of(subjects), subjects, {today, 1})));
    } else if (rules.baseline) {
        answer.push_back(to_fields(version_of({}, {}, {})));
    }
    return answer;
}

}  // namespace upkeep
