#include "atc/build.h"

#include <doctest/doctest.h>

#include <string>

#include "core/failure.h"

using namespace upkeep;
using namespace upkeep::atc;

namespace {

json::value read(const std::string& text) {
    return parse_json(text, "a test");
}

template <typename F>
std::string refusal(F f) {
    try {
        f();
        return "";
    } catch (const Failure& failure) {
        return failure.why();
    }
}

std::string build_refused(const std::string& text) {
    return refusal([&] { parse_build(read(text), "reading"); });
}

}  // namespace

TEST_CASE("a build is read") {
    const Build build =
        parse_build(read(R"({"id": 7, "team_name": "main", "name": "4.1", "status": "started",
                 "job_name": "deploy", "pipeline_name": "cf", "start_time": 1795000000,
                 "pipeline_instance_vars": {"env": "staging"}, "created_by": "ann"})"),
                    "reading");
    CHECK(build.text() == "main/cf[env=staging]/deploy #4.1");
    CHECK(rank_of(build) == Rank{1795000000, 7});
    CHECK(build.created_by == "ann");
    CHECK_FALSE(build.ended.has_value());
    CHECK_FALSE(has_ended(build.status));
}

TEST_CASE("a time before 1970 is one that was not set") {
    const Build build =
        parse_build(read(R"({"id": 7, "status": "pending", "start_time": -62135596800})"), "");
    CHECK_FALSE(build.started.has_value());
}

TEST_CASE("every status that has ended") {
    for (const char* status : {"succeeded", "failed", "errored", "aborted"}) {
        const Build build =
            parse_build(read(std::string(R"({"id": 7, "status": ")") + status + "\"}"), "");
        CHECK(has_ended(build.status));
        CHECK(to_text(build.status) == status);
    }
    CHECK_FALSE(has_ended(BuildStatus::pending));
}

TEST_CASE("what is no build is refused, with what is wrong") {
    CHECK(build_refused("[]").find("it is a list") != std::string::npos);
    CHECK(build_refused(R"({"status": "started"})").find("it has no id") != std::string::npos);
    CHECK(build_refused(R"({"id": "7", "status": "started"})").find("no id") != std::string::npos);
    CHECK(build_refused(R"({"id": 7})").find("it has no status") != std::string::npos);
    CHECK(build_refused(R"({"id": 7, "status": "odd"})").find("its status is") !=
          std::string::npos);
    CHECK(build_refused(R"({"id": 7, "status": "started"})").find("no start_time") !=
          std::string::npos);
}

TEST_CASE("ranks go by start, then by id") {
    CHECK(Rank{1, 9} < Rank{2, 3});
    CHECK(Rank{1, 3} < Rank{1, 9});
}

TEST_CASE("a job tells of its pause and of the build that is next") {
    const Job job = parse_job_state(
        read(R"({"name": "deploy", "team_name": "main", "pipeline_name": "cf", "paused": true,
                 "paused_by": "ann", "paused_at": 1794900000, "disable_manual_trigger": true,
                 "next_build": {"id": 7, "name": "1", "status": "pending"}})"),
        "");
    REQUIRE(job.paused);
    CHECK(job.paused->by == "ann");
    CHECK(job.paused->since == 1794900000);
    CHECK(job.refuses_triggers);
    REQUIRE(job.next);
    CHECK(job.next->id == 7);

    const Job other = parse_job_state(
        read(R"({"name": "d", "team_name": "m", "pipeline_name": "p", "paused_by": "ann",
                 "next_build": null})"),
        "");
    CHECK_FALSE(other.paused);
    CHECK_FALSE(other.next);
    CHECK_FALSE(refusal([] { parse_job_state(read(R"({"name": "d"})"), ""); }).empty());
}

TEST_CASE("a pipeline is read") {
    const Pipeline pipeline =
        parse_pipeline(read(R"({"name": "cf", "team_name": "main", "archived": true, "paused": true,
                 "instance_vars": {"a": {"b": 1}}})"),
                       "");
    CHECK(pipeline.archived);
    CHECK(pipeline.ref.instance.at("a.b") == 1);
    REQUIRE(pipeline.paused);
    CHECK(pipeline.paused->by.empty());
    CHECK_FALSE(pipeline.paused->since);
}

TEST_CASE("for what a build waits is told, as far as Concourse says it") {
    CHECK(parse_preparation(read(R"({"max_running_builds": "blocking", "paused_job": "not_blocking",
                       "inputs": {"a": "blocking", "b": "not_blocking", "c": "blocking"},
                       "missing_input_reasons": {"a": "no versions available"}})"),
                            "") ==
          "its input a (no versions available), its input c, builds of its job or of its serial "
          "groups, as many as may run at once");
    CHECK(parse_preparation(read(R"({"inputs": null})"), "").empty());
    CHECK(refusal([] { parse_preparation(read("[]"), ""); }).find("it is a list") !=
          std::string::npos);
}
