#include "resource/rollout/plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

#include "core/failure.h"
#include "core/text.h"
#include "resource/rollout/current.h"
#include "resource/throttle/group.h"

namespace upkeep::rollout {

namespace {

constexpr const char* wanted =
    "It is the file `jobs` or `findings.json` that a get of a look, or --output, has written.";
constexpr const char* not_knowing = "Not knowing is not \"nothing to do\": look again.";

atc::JobRef job_in(const std::string& text, const std::string& doing) {
    try {
        return atc::parse_job(text);
    } catch (const std::invalid_argument& error) {
        throw Failure(doing, quoted(text) + ": " + error.what(), wanted);
    }
}

std::vector<PlannedJob> of_lines(std::string_view text, const std::string& doing) {
    std::vector<PlannedJob> jobs;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string line(trimmed(text.substr(0, end), " \t\r"));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty()) {
            jobs.push_back({job_in(line, doing), ""});
        }
    }
    return jobs;
}

bool is_false(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && !value->get_bool();
}

Finding finding_in(const json::object& object) {
    Finding finding;
    finding.subject = text_in(object, "subject");
    finding.environment = text_in(object, "environment");
    finding.summary = text_in(object, "summary");
    finding.job = text_in(object, "job");
    finding.job_mends = !is_false(object, "job_mends");
    finding.undecided = is_true(object, "undecided");
    return finding;
}

void add_jobs_of(const json::value* findings, const std::string& doing,
                 std::vector<PlannedJob>& jobs) {
    const json::array* list = findings == nullptr ? nullptr : findings->if_array();
    if (list == nullptr) {
        throw Failure(doing, "it has no findings", wanted);
    }
    for (const json::value& value : *list) {
        const Finding finding = finding_in(value.is_object() ? value.get_object() : json::object());
        require_job_known(finding, doing);
        if (!finding.job.empty()) {
            jobs.push_back({job_in(finding.job, doing), finding.environment});
        }
    }
}

std::string first_failure(const json::object& report) {
    const json::value* coverage = report.if_contains("coverage");
    const json::array* parts = coverage == nullptr ? nullptr : coverage->if_array();
    if (parts == nullptr) {
        return "";
    }
    for (const json::value& part : *parts) {
        const json::object* object = part.if_object();
        if (object != nullptr && !text_in(*object, "failure").empty()) {
            return ": " + text_in(*object, "what") + ": " + text_in(*object, "failure");
        }
    }
    return "";
}

std::vector<PlannedJob> of_report(const json::object& report, const std::string& doing) {
    if (is_false(report, "looked")) {
        throw Failure(doing, "nothing was looked at: " + text_in(report, "reason"), not_knowing);
    }
    if (is_false(report, "complete")) {
        throw Failure(doing, "not everything was looked at" + first_failure(report), not_knowing);
    }
    if (!is_true(report, "looked") || !is_true(report, "complete")) {
        throw Failure(doing, "it does not say that all was looked at", wanted);
    }
    std::vector<PlannedJob> jobs;
    add_jobs_of(report.if_contains("findings"), doing, jobs);
    if (const json::value* held = report.if_contains("held")) {  // not in reports of older releases
        add_jobs_of(held, doing, jobs);
    }
    return jobs;
}

// The stage's name between characters that are no letters and no digits.
bool has_word(const std::string& text, const std::string& word) {
    const auto is_part = [](char c) { return is_digit(c) || is_letter(c); };
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !is_part(text[at - 1])) && (end == text.size() || !is_part(text[end]))) {
            return true;
        }
    }
    return false;
}

Failure of_no_single_stage(const std::string& job, const std::string& what,
                           const std::vector<std::string>& stages) {
    return {"planning the rollout", job + " is " + what,
            "A job belongs to the stage that its finding's environment is, or whose name is a word "
            "of the job's. The stages are " +
                joined(stages) + "."};
}

std::size_t stage_of(const PlannedJob& planned, const std::vector<std::string>& stages) {
    const auto named = std::find(stages.begin(), stages.end(), planned.environment);
    if (named != stages.end()) {
        return static_cast<std::size_t>(named - stages.begin());
    }
    const std::string text = atc::to_text(planned.job);
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < stages.size(); ++i) {
        if (has_word(text, stages[i])) {
            found.push_back(i);
        }
    }
    if (found.size() == 1) {
        return found.front();
    }
    throw of_no_single_stage(text, found.empty() ? "of no stage" : "of several stages", stages);
}

}  // namespace

std::vector<PlannedJob> read_jobs_file(std::string_view text, const std::string& name) {
    text = without_mark(text);
    const std::string doing = "reading the jobs in " + name;
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    // A look that failed leaves an empty file too, where its output was written to one.
    if (first == std::string_view::npos && name != "jobs" && !name.ends_with("/jobs")) {
        throw Failure(
            doing, "it is empty",
            "Only the file `jobs` of a look says by that that there is nothing to do. Did "
            "what should have written it fail?");
    }
    if (first == std::string_view::npos || text[first] != '{') {
        return of_lines(text, doing);
    }
    const json::value report = parse_json(text, doing);
    return of_report(report.as_object(), doing);
}

std::vector<PlannedJob> jobs_that_match(atc::Concourse& concourse,
                                        const atc::JobPatterns& patterns) {
    std::vector<atc::JobRef> archived;
    for (const atc::Pipeline& pipeline : concourse.pipelines()) {
        if (pipeline.archived) {
            archived.push_back(pipeline.ref);
        }
    }
    const auto is_archived = [&](atc::JobRef job) {
        job.job.clear();
        return std::find(archived.begin(), archived.end(), job) != archived.end();
    };
    std::vector<PlannedJob> jobs;
    for (const atc::Job& job : concourse.jobs()) {
        if (patterns.matches(job.ref) && !is_archived(job.ref)) {
            jobs.push_back({job.ref, ""});
        }
    }
    if (jobs.empty()) {
        throw throttle::no_such_jobs(concourse, patterns);
    }
    std::stable_sort(jobs.begin(), jobs.end(), [&](const PlannedJob& a, const PlannedJob& b) {
        return patterns.place_of(a.job) < patterns.place_of(b.job);
    });
    return jobs;
}

std::vector<Stage> in_stages(const std::vector<PlannedJob>& jobs,
                             const std::vector<std::string>& stages, const std::string& until) {
    std::vector<Stage> plan;
    plan.reserve(stages.size() + 1);
    for (const std::string& name : stages) {
        plan.push_back({name, {}});
    }
    if (plan.empty()) {
        plan.emplace_back();
    }
    std::map<std::string, std::size_t> known;
    for (const PlannedJob& planned : jobs) {
        const std::size_t stage = stages.empty() ? 0 : stage_of(planned, stages);
        const std::string name = atc::to_text(planned.job);
        const auto [found, is_new] = known.emplace(name, stage);
        if (is_new) {
            plan[stage].jobs.push_back(planned.job);
        } else if (found->second != stage) {
            throw of_no_single_stage(name,
                                     "of several stages: findings of " + stages[found->second] +
                                         " and of " + stages[stage] + " name it",
                                     stages);
        }
    }
    const auto last = std::find_if(plan.begin(), plan.end(), [&](const Stage& stage) {
        return !until.empty() && stage.name == until;
    });
    plan.erase(last == plan.end() ? last : last + 1, plan.end());
    std::erase_if(plan, [](const Stage& stage) { return stage.jobs.empty(); });
    return plan;
}

atc::JobPatterns patterns_of(const std::vector<PlannedJob>& jobs) {
    std::set<std::string> known;
    std::vector<std::string> patterns;
    for (const PlannedJob& planned : jobs) {
        std::string pattern = atc::pattern_of(planned.job);
        if (known.insert(pattern).second) {
            patterns.push_back(std::move(pattern));
        }
    }
    return atc::JobPatterns(patterns);
}

std::vector<std::string> teams_of(const std::vector<Stage>& plan) {
    std::set<std::string> teams;
    for (const Stage& stage : plan) {
        for (const atc::JobRef& job : stage.jobs) {
            teams.insert(job.team);
        }
    }
    return {teams.begin(), teams.end()};
}

}  // namespace upkeep::rollout
