// The keys that the source of every kind that looks has, and what they do to a look.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/finding.h"
#include "core/glob.h"
#include "core/version.h"

namespace upkeep {

struct Kind;

// Which findings a rule of `ignore` or `jobs` is about: those that match everything it gives.
struct Matcher {
    std::optional<Glob> match;  // of the subject
    std::optional<Glob> environment;
    std::optional<Glob> rule;

    bool matches(const Finding& finding) const;
};

struct IgnoreRule {
    Matcher matcher;
    std::string shown;  // how messages name it: its `match`, or what it has
    std::string reason;
    std::optional<Day> until;  // the last day on which it holds
};

struct JobRule {
    Matcher matcher;
    std::string job;  // team/pipeline/job with {placeholders}
};

struct LookingKeys {
    std::string environment;
    std::vector<IgnoreRule> ignore;
    std::vector<JobRule> jobs;
    Severity minimum_severity = Severity::info;
    VersionRules version;
};

// Throws Failure with the key's path, also for a rule or a placeholder that the kind has not.
LookingKeys read_looking_keys(Fields& source, const Kind& kind);

// A job with its placeholders filled in, or nothing when that does not give a team/pipeline/job.
std::optional<std::string> fill_job(const std::string& job, const Finding& finding,
                                    std::string_view subject);

}  // namespace upkeep
