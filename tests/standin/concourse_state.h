// The builds of a Concourse, how they go on, and the lists of them. No time passes in it: each
// answer about a build that runs is one step of its life.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "concourse_settings.h"

namespace standin {

// Of the query of a list.
struct Page {
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> to;
    std::size_t limit = 100;
    bool by_time = false;
};

struct Listed {
    std::vector<ConcourseBuild*> builds;
    std::optional<std::int64_t> older;  // where the next page begins
    std::optional<std::int64_t> newer;
};

class ConcourseState {
  public:
    explicit ConcourseState(ConcourseSettings settings);

    using Which = std::function<bool(const ConcourseBuild&)>;
    // By COALESCE(rerun_of, id), which hides re-runs from who follows the pages.
    Listed list(const Which& which, const Page& page);
    ConcourseBuild* build(std::int64_t id);
    // That which Concourse gives as the job's next: with the lowest id of those that wait or run,
    // re-runs left out but for those of the last build that has ended.
    ConcourseBuild* next_of(const ConcoursePipeline& pipeline, const ConcourseJob& job);

    // What is said about it now; one of its answers is used up.
    void look_at(ConcourseBuild& build);
    static void look_at(Paused& paused);

    ConcourseBuild& trigger(ConcoursePipeline& pipeline, ConcourseJob& job, const std::string& by);
    void abort(ConcourseBuild& build);
    void pause(Paused& paused, const std::string& by);

    ConcoursePipeline* pipeline(std::string_view team, std::string_view name,
                                const InstanceVars& vars);
    std::vector<ConcoursePipeline>& pipelines() { return settings_.pipelines; }
    ConcourseSettings& settings() { return settings_; }
    ConcourseJob* job_of(const ConcourseBuild& build);
    bool is_of(const ConcourseBuild& build, const ConcoursePipeline& pipeline,
               const ConcourseJob& job) const;

    boost::json::object shown(const ConcourseBuild& build) const;
    boost::json::object shown(const ConcoursePipeline& pipeline) const;
    // As /jobs has it, or with `alone` as the job itself.
    boost::json::object shown(const ConcoursePipeline& pipeline, const ConcourseJob& job,
                              bool alone);
    // What has been logged of it until now.
    boost::json::array events(const ConcourseBuild& build);

  private:
    std::vector<ConcourseBuild*> fitting(const Which& which, const Page& page);

    ConcourseSettings settings_;
    std::int64_t now_ = 0;  // after all that the case tells of, and not before the machine's
};

}  // namespace standin
