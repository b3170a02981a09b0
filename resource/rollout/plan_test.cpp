#include "resource/rollout/plan.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/failure.h"

using namespace upkeep;
using rollout::in_stages;
using rollout::PlannedJob;
using rollout::read_jobs_file;

namespace {

PlannedJob planned(const std::string& job, const std::string& environment = "") {
    return {atc::parse_job(job), environment};
}

// "staging: a/b/c a/b/d; production: ..."
std::string shown(const std::vector<rollout::Stage>& plan) {
    std::string text;
    for (const rollout::Stage& stage : plan) {
        text += (text.empty() ? "" : "; ") + stage.name + ":";
        for (const atc::JobRef& job : stage.jobs) {
            text += " " + atc::to_text(job);
        }
    }
    return text;
}

std::string shown(const std::vector<PlannedJob>& jobs) {
    std::string text;
    for (const PlannedJob& job : jobs) {
        text += atc::to_text(job.job) + "(" + job.environment + ")";
    }
    return text;
}

template <typename F>
std::string refusal(F f) {
    try {
        f();
        return "";
    } catch (const Failure& failure) {
        return failure.what();
    }
}

std::string stages_refused(const std::string& job, const std::vector<std::string>& stages) {
    return refusal([&] { in_stages({planned(job)}, stages, ""); });
}

std::string file_refused(const std::string& text) {
    return refusal([&] { read_jobs_file(text, "x"); });
}

bool says(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// The beginning of a report of a look at everything.
const std::string whole = R"({"looked": true, "complete": true, )";

}  // namespace

TEST_CASE("without stages there is one, with each job once, in the order given") {
    CHECK(shown(in_stages({planned("m/b/d"), planned("m/a/d"), planned("m/b/d")}, {}, "")) ==
          ": m/b/d m/a/d");
    CHECK(in_stages({}, {}, "").empty());
    CHECK(in_stages({}, {"staging"}, "").empty());
}

TEST_CASE("a job's stage is a word of its name") {
    const std::vector<std::string> stages{"development", "staging", "production"};
    const std::vector<PlannedJob> jobs{
        planned("m/cf/deploy-production"), planned("m/cf[env=staging]/deploy"),
        planned("staging/cf/deploy"), planned("m/development_cf/deploy")};
    CHECK(shown(in_stages(jobs, stages, "")) ==
          "development: m/development_cf/deploy; staging: m/cf[env=staging]/deploy "
          "staging/cf/deploy; production: m/cf/deploy-production");
    CHECK(says(stages_refused("m/cf/deploy-staging2", stages), "of no stage"));
    CHECK(says(stages_refused("m/cf/prestaging", stages), "of no stage"));
    CHECK(says(stages_refused("m/staging/deploy-production", stages), "of several stages"));
}

TEST_CASE("a word that is there only as a part is passed by") {
    CHECK(shown(in_stages({planned("m/staging2/deploy-staging")}, {"staging"}, "")) ==
          "staging: m/staging2/deploy-staging");
}

TEST_CASE("the finding's environment wins over the name") {
    const std::vector<std::string> stages{"staging", "production"};
    CHECK(shown(in_stages({planned("m/production/deploy", "staging")}, stages, "")) ==
          "staging: m/production/deploy");
    CHECK(shown(in_stages({planned("m/production/deploy", "eu")}, stages, "")) ==
          "production: m/production/deploy");
}

TEST_CASE("stages after the last, and those without jobs, are not there") {
    const std::vector<std::string> stages{"development", "staging", "production"};
    const std::vector<PlannedJob> jobs{planned("m/staging/d"), planned("m/production/d")};
    CHECK(shown(in_stages(jobs, stages, "staging")) == "staging: m/staging/d");
    CHECK(in_stages(jobs, stages, "development").empty());
    CHECK(rollout::teams_of(in_stages(jobs, stages, "")) == std::vector<std::string>{"m"});
}

TEST_CASE("a file of jobs has one on each line") {
    CHECK(shown(read_jobs_file("m/a/d\n\nm/b[env=x]/d", "x")) == "m/a/d()m/b[env=x]/d()");
    CHECK(read_jobs_file("", "jobs").empty());
    CHECK(read_jobs_file("\n", "report/jobs").empty());
    CHECK_THROWS_AS(read_jobs_file("\n", "report/all-jobs"), Failure);
    CHECK(says(file_refused("m/a\n"), "\"m/a\": it is no job"));
}

TEST_CASE("a report names the jobs of its findings, with their environments") {
    CHECK(shown(read_jobs_file(R"( {"looked": true, "complete": true, "findings": [
              {"job": "m/a/d", "environment": "staging"}, {"job": null, "job_mends": false},
              {"job": "m/b/d"}]})",
                               "x")) == "m/a/d(staging)m/b/d()");
}

TEST_CASE("what is being mended now is not done") {
    CHECK(shown(read_jobs_file(whole + R"("findings": [{"job": "m/a/d"}],
              "held": [{"job": "m/b/d", "environment": "staging"}]})",
                               "x")) == "m/a/d()m/b/d(staging)");
    CHECK(says(file_refused(whole + R"("findings": [], "held": [{"subject": "cf", "job": null}]})"),
               "cf names no job"));
}

TEST_CASE("what is not known is not nothing to do") {
    CHECK(read_jobs_file(whole + R"("findings": []})", "x").empty());
    CHECK(says(file_refused(R"({"looked": false, "reason": "away", "findings": null})"),
               "nothing was looked at: away"));
    CHECK(says(file_refused(R"({"looked": true, "complete": false, "findings": [{"job": "m/a/d"}],
                   "coverage": [{"what": "deployments", "failure": null},
                                {"what": "published versions", "failure": "503"}]})"),
               "not everything was looked at: published versions: 503"));
    CHECK(says(
        file_refused(whole + R"("findings": [{"job": "m/a/d"}, {"subject": "cf", "job": null}]})"),
        "cf names no job"));
    CHECK(says(file_refused(whole + R"("findings": [{"job": "m/a/d"},
                   {"subject": "cf", "job": null, "job_mends": false, "undecided": true}]})"),
               "cf names no job"));
    CHECK(says(file_refused(R"({"looked": true, "complete": true})"), "it has no findings"));
    CHECK(says(file_refused(R"({"findings": []})"), "it does not say that all was looked at"));
    CHECK(says(file_refused(R"({"looked": true, "complete": 1, "findings": []})"),
               "it does not say that all was looked at"));
    CHECK(says(file_refused("{"), "reading the jobs in x"));
}
