// What a Concourse is told to be, and what becomes of it. tests/README.md describes the keys.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace standin {

struct ConcourseUser {
    std::string password;
    std::string token;  // one that holds from the beginning
    std::map<std::string, std::vector<std::string>, std::less<>> roles;  // by team
    bool admin = false;
    std::optional<std::uint64_t> role_uses;  // for so many requests the roles hold
};

struct Paused {
    bool now = false;
    std::string by;
    std::int64_t at = 0;                // 0: not known
    std::optional<std::uint64_t> left;  // after so many answers about it, it is paused no more
};

struct ConcourseJob {
    std::string name;
    Paused paused;
    bool disable_manual_trigger = false;
    bool removed = false;  // from its pipeline: its builds are still there
    // Of builds that are triggered: so many answers say that one runs, then it ends in this way,
    // the n-th in the n-th, further ones in the last.
    std::uint64_t runs = 1;
    std::vector<std::string> outcomes;
    std::uint64_t hooks = 0;  // after an abort, so many answers say that it still runs
    std::string output = "working\n";
    std::size_t triggered = 0;
};

// The variables of an instance as a query has them: "env", "region.name".
using InstanceVars = std::map<std::string, boost::json::value, std::less<>>;

struct ConcoursePipeline {
    std::string team = "main";
    std::string name;
    boost::json::object vars;
    bool exposed = false;
    bool archived = false;
    Paused paused;
    std::vector<ConcourseJob> jobs;

    InstanceVars flat_vars() const;
    ConcourseJob* job(std::string_view wanted);
};

struct ConcourseBuild {
    std::int64_t id = 0;
    std::string team;
    std::optional<std::size_t> pipeline;  // which; none: a one-off build
    std::string job;
    std::string name;
    std::string status = "started";
    std::int64_t start_time = 0;  // 0: none yet
    std::int64_t end_time = 0;
    std::optional<std::int64_t> rerun_of;
    std::string created_by;
    std::optional<std::uint64_t> ends_after;  // so many answers about it
    std::string ends_as = "succeeded";
    bool let_by = false;             // its put of a throttle has succeeded
    std::uint64_t breaks_after = 0;  // each connection for its events ends after so many; 0: never

    std::int64_t place() const { return rerun_of.value_or(id); }
    bool runs() const { return status == "started"; }
    bool ended() const { return status != "started" && status != "pending"; }
};

struct ConcourseSettings {
    std::string version = "8.2.5";
    std::map<std::string, ConcourseUser, std::less<>> users;
    std::optional<std::uint64_t> token_uses;
    std::vector<ConcoursePipeline> pipelines;
    std::vector<ConcourseBuild> builds;
};

// Throws std::runtime_error with the place in the document and the reason.
ConcourseSettings parse_concourse(const boost::json::value& value, const std::string& place);

}  // namespace standin
