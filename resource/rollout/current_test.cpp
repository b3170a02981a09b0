#include "resource/rollout/current.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/failure.h"

using namespace upkeep;
using rollout::PlannedJob;

namespace {

Report report_of(const std::vector<std::string>& jobs) {
    Report report;
    for (const std::string& job : jobs) {
        Finding finding;
        finding.job = job;
        report.findings.push_back(finding);
    }
    return report;
}

std::vector<PlannedJob> planned(const std::vector<std::string>& jobs) {
    std::vector<PlannedJob> all;
    all.reserve(jobs.size());
    for (const std::string& job : jobs) {
        all.push_back({atc::parse_job(job), ""});
    }
    return all;
}

// By a source of the environment staging, with one rule.
bool may_name(const json::object& rule, const std::string& job) {
    const Source source = read_source({{"kind", "stemcell"},
                                       {"deployments_file", "deployments.json"},
                                       {"environment", "staging"},
                                       {"jobs", json::array{rule}}},
                                      "source");
    return rollout::may_name(source, atc::parse_job(job));
}

bool may_name(const char* rule, const std::string& job) {
    return may_name(json::object{{"match", "*"}, {"job", rule}}, job);
}

}  // namespace

TEST_CASE("a job is stale however the source writes it") {
    const auto stale = rollout::stale_jobs(
        report_of({"main/cf[region=eu, env=\"staging\"]/deploy", "main/router/deploy"}));
    const auto due = rollout::due_of(
        planned({"main/cf[env=staging,region=eu]/deploy", "main/uaa/deploy", "main/router/deploy"}),
        stale);
    CHECK(due.current == std::vector<std::string>{"main/uaa/deploy"});
    CHECK(due.jobs.size() == 2);
    CHECK(due.besides.empty());
    CHECK_THROWS_AS(rollout::stale_jobs(report_of({"main/cf[a=1,a=2]/deploy"})), Failure);
}

TEST_CASE("that none of the jobs is stale, and others are, is not nothing to do") {
    const auto stale = rollout::stale_jobs(report_of({"main/router/deploy"}));
    const auto plan = planned({"main/uaa/deploy"});
    CHECK_THROWS_WITH_AS(rollout::due_of(plan, stale),
                         "looking which jobs are due: none of this rollout's is, but others are: "
                         "main/router/deploy\n  Are they the jobs that `jobs` in the source names?",
                         Failure);
    CHECK(rollout::due_of(plan, {}).current.size() == 1);
    CHECK(rollout::due_of(planned({"main/router/deploy"}),
                          rollout::stale_jobs(report_of({"main/router/deploy", "main/a/b"})))
              .besides == "main/a/b");
}

TEST_CASE("which jobs a source's findings may name") {
    CHECK(may_name("main/{deployment}/deploy", "main/cf/deploy"));
    CHECK_FALSE(may_name("main/{deployment}/deploy", "main/cf/deplox"));
    CHECK_FALSE(may_name("main/{deployment}/deploy", "web/cf/deploy"));
    CHECK(
        may_name("main/deploy/deploy-{deployment}-{environment}", "main/deploy/deploy-cf-staging"));
    CHECK_FALSE(may_name("main/deploy/deploy-{deployment}-{environment}",
                         "main/deploy/deploy-cf-production"));
    CHECK(may_name("main/cf[n=1, env={environment}]/{subject}", "main/cf[env=staging,n=1]/cf"));
    CHECK_FALSE(may_name("main/cf[env={environment}]/{subject}", "main/cf[env=production]/cf"));
    // Concourse has no such job: whoever made the pipeline instanced has forgotten the source.
    CHECK_FALSE(may_name("main/cf/deploy-{deployment}", "main/cf[env=staging]/deploy-cf"));
    CHECK_FALSE(may_name("main/cf[env={environment}]/deploy", "main/cf[env=staging,n=1]/deploy"));
    CHECK(may_name("main/cf[for=\"a/{deployment}\"]/deploy", "main/cf[for=\"a/cf\"]/deploy"));
    CHECK_FALSE(may_name("main/c*/deploy", "main/cf/deploy"));
    CHECK(may_name("{environment}/cf/deploy", "staging/cf/deploy"));
    CHECK_FALSE(may_name(json::object{{"environment", "production"}, {"job", "main/cf/deploy"}},
                         "main/cf/deploy"));
}
