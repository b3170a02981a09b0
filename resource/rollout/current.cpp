#include "resource/rollout/current.h"

#include <algorithm>
#include <stdexcept>

#include "atc/job_pattern.h"
#include "core/failure.h"
#include "core/text.h"
#include "present/overview.h"

namespace upkeep::rollout {

namespace {

constexpr const char* doing = "looking which jobs are due";
constexpr const char* not_knowing =
    "Not knowing is not \"nothing to do\": nothing is concluded from it.";
constexpr std::size_t most_named = 5;

// Names can be written in several ways: "cf[b=1, a=x]" is "cf[a=x,b=1]".
std::string as_written(const std::string& job) {
    try {
        return atc::to_text(atc::parse_job(job));
    } catch (const std::invalid_argument& error) {
        throw Failure(doing, quoted(job) + ": " + error.what(), "Mend `jobs` in the source.");
    }
}

// What the rule names, with `*` for what a finding fills in.
bool may_name(const JobRule& rule, const Source& source, const atc::JobRef& job) {
    const std::string anything = "\uE000";  // for private use: in no name
    Finding finding;
    finding.environment = source.keys.environment;
    finding.rule = anything;
    finding.subject = anything;
    const auto filled = fill_job(rule.job, finding, source.kind->subject);
    if (!filled) {
        return false;
    }
    try {
        std::string pattern = atc::pattern_of(atc::parse_job(*filled));
        for (std::size_t at = pattern.find(anything); at != std::string::npos;
             at = pattern.find(anything, at)) {
            pattern.replace(at, anything.size(), "*");
        }
        return atc::JobPattern(pattern).matches(job);
    } catch (const std::invalid_argument&) {
        return true;  // its team is filled in
    }
}

}  // namespace

void require_job_known(const Finding& finding, const std::string& looking) {
    if (finding.job.empty() && (finding.undecided || finding.job_mends)) {
        throw Failure(
            looking, finding.subject + " names no job: " + finding.summary,
            finding.undecided
                ? "Not knowing is not \"nothing to do\": mend that, or `ignore` it in the source."
                : "Give `jobs` in the source, which job mends what; or `ignore` it there.");
    }
}

std::set<std::string> stale_jobs(const Report& report) {
    const auto failures = present::failures(report);
    if (!failures.empty()) {
        throw Failure(doing, failures.front()->failure, not_knowing);
    }
    std::set<std::string> jobs;
    for (const auto* open : {&report.findings, &report.held}) {
        for (const Finding& finding : *open) {
            require_job_known(finding, doing);
            if (!finding.job.empty()) {
                jobs.insert(as_written(finding.job));
            }
        }
    }
    return jobs;
}

bool may_name(const Source& source, const atc::JobRef& job) {
    const auto& rules = source.keys.jobs;
    return std::any_of(rules.begin(), rules.end(), [&](const JobRule& rule) {
        const auto& wanted = rule.matcher.environment;
        return (!wanted || wanted->matches(source.keys.environment)) && may_name(rule, source, job);
    });
}

std::vector<std::string> take_current(std::vector<PlannedJob>& jobs,
                                      const std::set<std::string>& stale) {
    const std::string others = stale_besides(jobs, stale);
    std::vector<std::string> current;
    std::erase_if(jobs, [&](const PlannedJob& planned) {
        const std::string name = atc::to_text(planned.job);
        const bool is_current = !stale.contains(name);
        if (is_current) {
            current.push_back(name);
        }
        return is_current;
    });
    if (jobs.empty() && !others.empty()) {
        throw Failure(doing, "none of this rollout's is, but others are: " + others,
                      "Are they the jobs that `jobs` in the source names?");
    }
    return current;
}

std::string stale_besides(const std::vector<PlannedJob>& jobs, const std::set<std::string>& stale) {
    std::set<std::string> others = stale;
    for (const PlannedJob& planned : jobs) {
        others.erase(atc::to_text(planned.job));
    }
    return first_few({others.begin(), others.end()}, most_named);
}

}  // namespace upkeep::rollout
