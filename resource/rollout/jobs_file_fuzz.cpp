// Anything as the file of --jobs-file: jobs that can be written and read again, each in one stage,
// or a Failure that says why. One that nobody looked for names no jobs.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/failure.h"
#include "core/json.h"
#include "core/text.h"
#include "resource/rollout/plan.h"

namespace {

using upkeep::rollout::PlannedJob;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

bool says_that_nobody_looked(const std::string& text) {
    try {
        const upkeep::json::value value = upkeep::parse_json(text, "reading");
        const upkeep::json::object* report = value.if_object();
        const upkeep::json::value* looked =
            report == nullptr ? nullptr : report->if_contains("looked");
        return looked != nullptr && *looked == upkeep::json::value(false);
    } catch (const upkeep::Failure&) {
        return false;
    }
}

// But for what no pipeline has: names of variables with signs that mean something there, and
// invalid UTF-8.
void check_text(const upkeep::atc::JobRef& job) {
    const std::string text = upkeep::atc::to_text(job);
    const bool is_odd =
        upkeep::valid_utf8(text) != text ||
        std::any_of(job.instance.begin(), job.instance.end(), [](const auto& variable) {
            return variable.first.find_first_of("\"[],=/\\") != std::string::npos;
        });
    try {
        require(is_odd || upkeep::atc::parse_job(text) == job,
                "a job can be written and read again");
    } catch (const std::invalid_argument& error) {
        throw std::logic_error("a job cannot be read again: " + text);
    }
}

void check_stages(const std::vector<PlannedJob>& jobs, const std::vector<std::string>& stages) {
    std::set<std::string> names;
    for (const PlannedJob& planned : jobs) {
        names.insert(upkeep::atc::to_text(planned.job));
    }
    try {
        for (const auto& stage : upkeep::rollout::in_stages(jobs, stages, "")) {
            require(!stage.jobs.empty(), "a stage has jobs");
            for (const upkeep::atc::JobRef& job : stage.jobs) {
                require(names.erase(upkeep::atc::to_text(job)) == 1, "each job is planned once");
            }
        }
        require(names.empty(), "and none is left out");
    } catch (const upkeep::Failure& failure) {
        require(!stages.empty() && !failure.why().empty(), "a failure says why");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    try {
        const auto jobs = upkeep::rollout::read_jobs_file(text, "jobs");
        require(!says_that_nobody_looked(text), "not knowing is not \"nothing to do\"");
        for (const PlannedJob& planned : jobs) {
            check_text(planned.job);
        }
        check_stages(jobs, {});
        check_stages(jobs, {"development", "staging", "production"});
    } catch (const upkeep::Failure& failure) {
        require(!failure.why().empty(), "a failure says why");
    }
    return 0;
}
