#include "resource/rollout/current.h"

#include "core/failure.h"
#include "present/overview.h"

namespace upkeep::rollout {

std::set<std::string> stale_jobs(const Report& report) {
    const std::string doing = "looking which jobs are due";
    const auto failures = present::failures(report);
    if (!failures.empty()) {
        throw Failure(doing, failures.front()->failure,
                      "Not knowing is not \"nothing to do\": nothing is concluded from it.");
    }
    const auto found = present::jobs(report);
    if (found.empty() && !report.findings.empty()) {
        throw Failure(doing, "there are findings, and none names a job",
                      "Give `jobs` in the source: which job mends what.");
    }
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
