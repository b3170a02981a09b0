// All that a look says. An empty report with its coverage is evidence that somebody looked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/finding.h"
#include "core/moment.h"

namespace upkeep {

// What is counted, in words.
struct Noun {
    std::string one;   // "published version"
    std::string many;  // "published versions"
};

// One thing that was looked at, or should have been.
struct Coverage {
    std::string environment;
    std::string kind;
    Noun items;
    std::string of;        // what has them: "bosh-aws-xen-hvm-ubuntu-noble", or empty
    std::string place;     // a file or a URL without secrets
    std::string identity;  // as whom, or empty
    std::int64_t count = 0;
    std::string failure;      // why it could not be looked at; empty when it was
    std::string advice = {};  // what to do about it, for `check`; in a report its finding says it

    // "published versions of bosh-aws-xen-hvm-ubuntu-noble"
    std::string what() const { return of.empty() ? items.many : items.many + " of " + of; }
};

struct IgnoredFinding {
    Finding finding;
    std::string reason;
    std::optional<Day> until;
};

struct Report {
    Moment looked_at;
    std::vector<Finding> findings;  // by severity, environment, subject, rule, summary
    std::vector<IgnoredFinding> ignored;
    std::vector<Coverage> coverage;
    std::vector<std::string> notices;  // "the rule that ignores legacy-* has run out on 2027-03-31"
    std::vector<std::string>
        resolved;               // short ids that a version names and that are no longer open
    std::vector<Finding> held;  // what is being mended now: open, but not reported yet; sorted too
    std::size_t newer = 0;      // open findings left out, because the version does not name them

    // Everything that should have been looked at was.
    bool complete() const;
};

// The order of Report::findings.
void sort_findings(std::vector<Finding>& findings);
// Several environments in one report: everything of `other` is added to `report`.
void merge(Report& report, Report other);

}  // namespace upkeep
