// A Concourse in memory: builds of main/cf/deploy that started 100 s apart from begin_s on where
// nothing else is said, and the freeze job main/ops/deploys. It answers what a throttle asks.
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atc/build.h"
#include "core/failure.h"
#include "net/http.h"
#include "net/url.h"
#include "tests/planned_clock.h"

class SmallConcourse : public upkeep::Http {
  public:
    explicit SmallConcourse(const PlannedClock& clock) : clock_(clock) {}

    std::map<upkeep::atc::BuildId, std::string> builds;   // their status
    std::map<upkeep::atc::BuildId, std::int64_t> starts;  // of some
    std::string job_name = "deploy";
    bool away = false;
    bool tells_times = false;  // how long it took to find out that it is away
    bool frozen = false;
    bool only_a_router = false;  // answers 404 to everything
    bool no_freeze_job = false;
    bool has_role = true;
    bool lists_fail = false;  // of builds: 404, as Concourse answers where its database fails
    bool has_team = true;
    std::function<void()> on_asked;  // once, before it answers
    std::vector<std::pair<std::string, std::chrono::seconds>> asked;

    upkeep::HttpReply send(const upkeep::HttpRequest& request) override {
        if (away) {
            throw upkeep::Failure(request.doing(), "connection refused" + after());
        }
        if (only_a_router) {
            upkeep::HttpReply reply;
            reply.status = 404;
            return reply;
        }
        asked.emplace_back(request.path, clock_.seconds());
        if (on_asked) {
            std::exchange(on_asked, nullptr)();
        }
        return reply_to(request);
    }

    static constexpr std::int64_t begin_s = 1'000'000;  // by its own clock

    std::vector<std::chrono::seconds> times(const std::string& path) const {
        std::vector<std::chrono::seconds> times;
        for (const auto& [what, when] : asked) {
            if (what == path) {
                times.push_back(when);
            }
        }
        return times;
    }

  private:
    std::string after() const {
        return tells_times ? " after " + std::to_string(clock_.seconds().count()) + " ms" : "";
    }

    static upkeep::HttpReply with(std::string body, long status = 200) {
        upkeep::HttpReply reply;
        reply.status = status;
        reply.header = "8.2.5";
        reply.body = std::move(body);
        return reply;
    }

    std::int64_t start_of(upkeep::atc::BuildId id) const {
        return starts.contains(id) ? starts.at(id) : begin_s + 100 * id;
    }

    std::string list_of(const std::string& query) const {
        const std::int64_t from = std::stoll(upkeep::value_in_query("?" + query, "from"));
        const std::int64_t to = std::stoll(upkeep::value_in_query("?" + query, "to"));
        std::string list;
        for (const auto& [id, status] : builds) {
            if (start_of(id) >= from && start_of(id) <= to) {
                list += (list.empty() ? "" : ",") + text_of(id);
            }
        }
        return list;
    }

    upkeep::HttpReply reply_to(const upkeep::HttpRequest& request) const {
        const std::string& path = request.path;
        constexpr std::string_view of_builds = "/api/v1/builds/";
        if (path.starts_with(of_builds)) {
            return with(text_of(std::stoll(path.substr(of_builds.size()))));
        }
        if (path == "/api/v1/user") {
            return with(has_role ? R"({"is_admin": false, "teams": {"main": ["viewer"]}})"
                                 : R"({"is_admin": false, "teams": {}})");
        }
        if (path == "/api/v1/jobs") {
            return with("[]");
        }
        if (path == "/api/v1/teams") {
            return with(has_team ? R"([{"id": 1, "name": "main"}])" : "[]");
        }
        if (path == "/api/v1/teams/main/builds" && lists_fail) {
            return with("", 404);
        }
        if (path == "/api/v1/teams/main/builds") {
            return with("[" + list_of(request.query) + "]");
        }
        const bool job = path == "/api/v1/teams/main/pipelines/ops/jobs/deploys";
        REQUIRE((job || path == "/api/v1/teams/main/pipelines/ops"));
        if (no_freeze_job) {
            return with("", 404);
        }
        return with(std::string(R"({"team_name": "main", "pipeline_name": "ops", "name": ")") +
                    (job ? "deploys\"" : "ops\"") +
                    (job && frozen ? R"(, "paused": true, "paused_by": "ann"})" : "}"));
    }

    std::string text_of(upkeep::atc::BuildId id) const {
        const std::string text = std::to_string(id);
        return R"({"id": )" + text + R"(, "name": ")" + text + R"(", "status": ")" + builds.at(id) +
               R"(", "start_time": )" + std::to_string(start_of(id)) +
               R"(, "team_name": "main", "pipeline_name": "cf", "job_name": ")" + job_name + "\"}";
    }

    const PlannedClock& clock_;
};
