#include "resource/throttle/group.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "net/http.h"
#include "net/url.h"

using upkeep::HttpReply;
using upkeep::HttpRequest;
using upkeep::atc::BuildId;

namespace {

constexpr upkeep::throttle::Window window{1'000, 2'000};

std::string build(BuildId id, const std::string& job, std::int64_t started,
                  const std::string& name = "1") {
    return R"({"id": )" + std::to_string(id) + R"(, "name": ")" + name +
           R"(", "team_name": "main", "pipeline_name": "cf", "job_name": ")" + job +
           R"(", "status": ")" + (started == 0 ? "pending" : "started") + R"(", "start_time": )" +
           std::to_string(started) + "}";
}

// The pipeline cf, with the next builds of its jobs, and the builds that the list by time shows.
class ManyJobs : public upkeep::Http {
  public:
    std::vector<std::string> jobs;
    std::vector<std::string> listed;
    std::string oldest = build(1, "j900", 999);
    std::vector<std::string> asked;

    void add_job(const std::string& next) {
        const std::string name = "j" + std::to_string(jobs.size());
        jobs.push_back(R"({"name": ")" + name +
                       R"(", "team_name": "main", "pipeline_name": "cf", "next_build": )" +
                       (next.empty() ? "null" : next) + "}");
    }
    std::string next_job() const { return "j" + std::to_string(jobs.size()); }

    HttpReply send(const HttpRequest& request) override {
        asked.push_back(request.path);
        if (request.path == "/api/v1/user") {
            return with(R"({"is_admin": false, "teams": {"main": ["viewer"]}})");
        }
        if (request.path == "/api/v1/jobs") {
            return with(list_of(jobs));
        }
        if (request.path == "/api/v1/teams/main/builds") {
            return with(list_of(listed));
        }
        return with(request.path.find("/j900/") == std::string::npos ? "[]" : list_of({oldest}));
    }

  private:
    static std::string list_of(const std::vector<std::string>& items) {
        std::string list;
        for (const std::string& item : items) {
            list += (list.empty() ? "" : ",") + item;
        }
        return "[" + list + "]";
    }
    static HttpReply with(std::string body) {
        HttpReply reply;
        reply.status = 200;
        reply.header = "8.2.5";
        reply.body = std::move(body);
        return reply;
    }
};

std::vector<upkeep::atc::Build> read(ManyJobs& ci) {
    upkeep::Endpoint endpoint;
    endpoint.url = upkeep::parse_url("https://ci.example.com");
    endpoint.token = upkeep::Secret("t");
    upkeep::atc::Concourse concourse(endpoint, ci);
    return upkeep::throttle::read_running(concourse, upkeep::atc::JobPatterns({"main/*/j*"}),
                                          window);
}

}  // namespace

TEST_CASE("group: of hundreds of jobs those alone are asked for that may hide an older build") {
    ManyJobs ci;
    for (int i = 0; i < 300; ++i) {
        ci.add_job("");                                  // nothing waits or runs
        ci.add_job(build(5'000 + i, ci.next_job(), 0));  // it waits
        const std::string now = build(9'000 + i, ci.next_job(), 1'500);
        ci.listed.push_back(now);
        ci.add_job(now);  // it started within the time of the list
    }
    ci.add_job(ci.oldest);                              // it started earlier
    ci.add_job(build(2, ci.next_job(), 1'500, "7.1"));  // a re-run, which waits for nobody
    ci.listed.push_back(build(2, "j901", 1'500, "7.1"));
    CHECK(read(ci).size() == 302);
    CHECK(ci.asked == std::vector<std::string>{"/api/v1/jobs",
                                               "/api/v1/teams/main/pipelines/cf/jobs/j900/builds",
                                               "/api/v1/teams/main/pipelines/cf/jobs/j901/builds",
                                               "/api/v1/teams/main/builds", "/api/v1/user"});
}
