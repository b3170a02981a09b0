#include "resource/rollout/current.h"

#include "core/failure.h"
#include "present/overview.h"

namespace upkeep::rollout {

namespace {

constexpr const char* doing = "looking which jobs are due";
constexpr const char* not_knowing =
    "Not knowing is not \"nothing to do\": nothing is concluded from it.";

// Of which nobody knows whether a job is due for it.
bool hides_a_job(const Finding& finding) {
    return finding.job.empty() && (finding.undecided || finding.job_mends);
}

}  // namespace

std::set<std::string> stale_jobs(const Report& report) {
    const auto failures = present::failures(report);
    if (!failures.empty()) {
        throw Failure(doing, failures.front()->failure, not_knowing);
    }
    for (const Finding& finding : report.findings) {
        if (hides_a_job(finding)) {
            throw Failure(
                doing, finding.subject + " names no job: " + finding.summary,
                finding.undecided
                    ? not_knowing
                    : "Give `jobs` in the source, which job mends what; or leave it out.");
        }
    }
    const auto found = present::jobs(report);
    return {found.begin(), found.end()};
}

std::vector<std::string> take_current(std::vector<PlannedJob>& jobs,
                                      const std::set<std::string>& stale) {
    std::vector<std::string> current;
    std::erase_if(jobs, [&](const PlannedJob& planned) {
        const std::string name = atc::to_text(planned.job);
        const bool is_current = !stale.contains(name);
        if (is_current) {
            current.push_back(name);
        }
        return is_current;
    });
    return current;
}

}  // namespace upkeep::rollout
