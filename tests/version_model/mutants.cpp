#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "tests/version_model/algorithm.h"

namespace version_model {

using upkeep::next_versions;
using upkeep::parse_version;
using upkeep::to_fields;
using upkeep::Version;
using upkeep::VersionRules;

namespace {

std::optional<Version> previous_of(const Question& question) {
    if (!question.handed_in) {
        return std::nullopt;
    }
    const auto parsed = parse_version(*question.handed_in);
    const auto* const version = std::get_if<Version>(&parsed);
    return version == nullptr ? std::nullopt : std::optional(*version);
}

// Makes the mistake in every version that is new in the answer.
template <typename Mistake>
Answer in_new_versions(const Question& question, Mistake mistake) {
    Answer answer = as_built(question);
    const std::optional<Version> previous = previous_of(question);
    for (std::size_t i = previous ? 1 : 0; i < answer.size(); ++i) {
        Version version = std::get<Version>(parse_version(answer[i]));
        mistake(version, previous);
        answer[i] = to_fields(version);
    }
    return answer;
}

Answer number_does_not_rise(const Question& question) {
    return in_new_versions(question, [](Version& version, const auto&) {
        version.change.number = std::min<std::int64_t>(version.change.number, 1);
    });
}

Answer number_rises_needlessly(const Question& question) {
    return in_new_versions(question, [](Version& version, const auto& previous) {
        if (previous && version.change == previous->change) {
            ++version.change.number;
        }
    });
}

Answer today_though_previous_is_later(const Question& question) {
    return in_new_versions(question, [&](Version& version, const auto&) {
        if (version.change.day && *version.change.day > question.today) {
            version.change = {question.today, 1};
        }
    });
}

Answer baseline_is_dated(const Question& question) {
    return in_new_versions(question, [&](Version& version, const auto&) {
        if (!version.change.day) {
            version.change = {question.today, 1};
        }
    });
}

Answer summary_follows_the_look(const Question& question) {
    return in_new_versions(question, [&](Version& version, const auto&) {
        if (!question.open.empty()) {
            version.summary = question.open.front().subject;
        }
    });
}

Answer each_forgets_the_open(const Question& question) {
    return in_new_versions(question, [](Version& version, const auto& previous) {
        if (!version.finding.empty() && version.open.digest.empty()) {
            std::erase_if(version.open.ids,
                          [&](const auto& id) { return previous->open.names(id); });
            version.count = version.open.ids.size();
        }
    });
}

Answer ids_follow_the_look(const Question& question) {
    return in_new_versions(question, [&](Version& version, const auto&) {
        std::vector<std::string> ids;
        for (const upkeep::OpenFinding& finding : question.open) {
            if (const std::string id = finding.id.substr(0, 16); version.open.names(id)) {
                ids.push_back(id);
            }
        }
        if (ids.size() == version.open.ids.size()) {
            version.open.ids = ids;
        }
    });
}

Answer incomplete_counts_as_complete(Question question) {
    question.complete = true;
    return as_built(question);
}

Answer remind_is_ignored(Question question) {
    question.rules.remind = std::chrono::days::zero();
    return as_built(question);
}

Answer shrinking_triggers(Question question) {
    question.rules.triggers = VersionRules::Triggers::change;
    return as_built(question);
}

Answer previous_is_not_returned(const Question& question) {
    Answer answer = as_built(question);
    if (previous_of(question)) {
        answer.erase(answer.begin());
    }
    return answer;
}

Answer previous_is_rewritten(const Question& question) {
    Answer answer = as_built(question);
    if (const auto previous = previous_of(question)) {
        answer.front() = to_fields(*previous);
    }
    return answer;
}

Answer clock_in_the_version(const Question& question) {
    Answer answer = as_built(question);
    for (std::size_t i = previous_of(question) ? 1 : 0; i < answer.size(); ++i) {
        answer[i]["at"] = std::to_string(question.second);
    }
    return answer;
}

Answer each_runs_backwards(const Question& question) {
    Answer answer = as_built(question);
    std::reverse(answer.begin() + (previous_of(question) ? 1 : 0), answer.end());
    return answer;
}

// Another digest is a new version as often as one looks.
Answer digests_are_not_held_back(Question question) {
    Answer answer = as_built(question);
    const auto previous = previous_of(question);
    if (previous && !previous->open.digest.empty() && question.complete && answer.size() == 1 &&
        !question.open.empty()) {
        question.handed_in.reset();
        Version version = std::get<Version>(parse_version(as_built(question).front()));
        if (version.open != previous->open) {
            version.change = {previous->change.day, previous->change.number + 1};
            answer.push_back(to_fields(version));
        }
    }
    return answer;
}

}  // namespace

Answer as_built(const Question& question) {
    return next_versions(question.handed_in, question.open, question.complete, question.rules,
                         question.today);
}

const std::vector<Mutant>& mutants() {
    static const std::vector<Mutant> all{
        {"the number does not rise", "growth", number_does_not_rise},
        {"the number rises needlessly", "once a day", number_rises_needlessly},
        {"today, though the version before is of a later day", "growth",
         today_though_previous_is_later},
        {"the baseline is dated", "same", baseline_is_dated},
        {"the summary follows the order of the look", "same", summary_follows_the_look},
        {"the ids follow the order of the look", "quiet", ids_follow_the_look},
        {"an incomplete look counts as complete", "growth", incomplete_counts_as_complete},
        {"remind is ignored", "remind", remind_is_ignored},
        {"shrinking triggers", "quiet", shrinking_triggers},
        {"the previous version is not returned", "previous", previous_is_not_returned},
        {"the previous version is rewritten", "previous", previous_is_rewritten},
        {"a clock in the version", "same", clock_in_the_version},
        {"each runs backwards", "each", each_runs_backwards},
        {"each forgets what is still open", "growth", each_forgets_the_open},
        {"digests are not held back", "crowd", digests_are_not_held_back},
    };
    return all;
}

}  // namespace version_model
