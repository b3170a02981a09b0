#include "resource/rollout/current.h"

#include "core/failure.h"
#include "present/overview.h"

namespace upkeep::rollout {

namespace {

constexpr const char* doing = "looking which jobs are due";
constexpr const char* not_knowing =
    "Not knowing is not \"nothing to do\": nothing is concluded from it.";

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
                jobs.insert(finding.job);
            }
        }
    }
    return jobs;
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
