// What every format says the same way: environments and how they stand, coverage and counts in
// words.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/moment.h"
#include "core/report.h"

namespace upkeep::present {

// A look that failed as a whole, where an answer is owed nevertheless (`in` with look: try).
struct NotLooked {
    Moment tried_at;
    std::string environment;  // may be empty
    std::string kind;
    std::string reason;  // as Failure::what() has it, advice included
    // What the version names, from an earlier look.
    std::size_t count = 0;
    std::string summary;
};

// Three different things, which no format may show alike.
enum class State { findings, clean, not_looked_at };

// One environment's part of a report. Points into the report, which must outlive it.
struct Environment {
    std::string name;  // may be empty
    State state = State::not_looked_at;
    bool complete = true;  // all that should have been looked at was
    bool held = false;     // something is being mended, and not reported
    bool newer = false;    // something is open that the version does not name
    std::vector<const Finding*> findings;
    std::vector<const IgnoredFinding*> ignored;
    std::vector<const Coverage*> coverage;
};

// In the order in which coverage names them (that of the sources), then those that only findings
// name.
std::vector<Environment> environments(const Report& report);

// Anything was looked at at all.
bool looked(const Report& report);
std::vector<const Coverage*> failures(const Report& report);

// "3 findings in staging: cf-staging, concourse-staging, prometheus-staging"; also when nothing was
// found, and when not everything was looked at. Without control characters, and of bounded length.
std::string summary_line(const Report& report);

// The same without subjects: "3 findings in staging", for a heading.
std::string headline(const Report& report);

// "34 deployments and 812 published versions (5 lists)": what was looked at, without failures and
// doubles. Empty when nothing was.
std::string coverage_words(const std::vector<const Coverage*>& coverage);
std::string coverage_words(const Report& report);

// "3 findings", "nothing found", "nothing found but what is being mended now", "not looked at".
std::string short_state_words(const Environment& environment);
// The same, and ", as far as was looked" where not everything could be looked at.
std::string state_words(const Environment& environment);
// "1 high, 2 medium": the severities that occur, the worst first; "all medium", "medium".
std::string severity_words(const std::vector<const Finding*>& findings);
// The lines of a text, without the blanks around them and without empty ones; at most 20.
std::vector<std::string> lines_of(std::string_view text);

// The most rows of one table or list in what is for people, so that it can be shown and read.
inline constexpr std::size_t rows_most = 1'000;
template <typename Thing>
std::span<const Thing> first_rows(const std::vector<Thing>& things) {
    return std::span(things).first(std::min(things.size(), rows_most));
}
// How many of so many rows were left out, and where they are; empty where none were.
std::string left_out_words(std::size_t count);

// The jobs that mend the findings, each once, in the order of the findings.
std::vector<std::string> jobs(const Report& report);

}  // namespace upkeep::present
