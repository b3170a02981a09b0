#include "resource/rollout/current.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "atc/job_pattern.h"
#include "core/failure.h"
#include "core/text.h"
#include "present/overview.h"

namespace upkeep::rollout {

namespace {

constexpr const char* doing = "looking which jobs are due";
constexpr const char* not_nothing = "Not knowing is not \"nothing to do\"";
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
        const atc::JobRef named = atc::parse_job(*filled);
        if (named.instance.size() != job.instance.size()) {
            return false;  // as a pattern it would mean those with more variables too
        }
        std::string pattern = atc::pattern_of(named);
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
                ? std::string(not_nothing) + ": mend that, or `ignore` it in the source."
                : "Give `jobs` in the source, which job mends what; or `ignore` it there.");
    }
}

std::set<std::string> stale_jobs(const Report& report) {
    const auto failures = present::failures(report);
    if (!failures.empty()) {
        throw Failure(doing, failures.front()->failure,
                      std::string(not_nothing) + ": nothing is concluded from it.");
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

std::vector<NamedSource> sources_of(const std::vector<NamedSource>& sources,
                                    const atc::JobRef& job) {
    std::vector<NamedSource> own;
    std::copy_if(sources.begin(), sources.end(), std::back_inserter(own),
                 [&](const NamedSource& named) { return may_name(named.source, job); });
    return own;
}

void require_sources(const std::vector<NamedSource>& sources, const std::vector<PlannedJob>& plan) {
    std::set<std::string> environments;
    for (const NamedSource& named : sources) {
        environments.insert(named.source.keys.environment);
    }
    for (const PlannedJob& planned : plan) {
        if (!environments.contains(planned.environment) && !environments.contains("") &&
            !planned.environment.empty()) {
            throw Failure(
                "--source",
                "none is of the environment " + quoted(planned.environment) + ", for which " +
                    atc::shown(planned.job) + " is to run",
                std::string(not_nothing) + ": give a source for each environment, or none.");
        }
        if (sources_of(sources, planned.job).empty()) {
            throw Failure("--source",
                          "the `jobs` of none can name " + atc::shown(planned.job) +
                              ", so that it would never seem stale",
                          std::string(not_nothing) +
                              ": mend `jobs` in the source, give the source that looks at it, or "
                              "leave it out of the rollout.");
        }
    }
}

Due due_of(const std::vector<PlannedJob>& plan, const std::set<std::string>& stale) {
    Due due;
    std::set<std::string> others = stale;
    for (const PlannedJob& planned : plan) {
        const std::string name = atc::to_text(planned.job);
        if (stale.contains(name)) {
            due.jobs.push_back(planned);
        } else {
            due.current.push_back(name);
        }
        others.erase(name);
    }
    due.besides = first_few({others.begin(), others.end()}, most_named);
    if (due.jobs.empty() && !others.empty()) {
        throw Failure(doing, "none of this rollout's is, but others are: " + due.besides,
                      "Are they the jobs that `jobs` in the source names?");
    }
    return due;
}

}  // namespace upkeep::rollout
