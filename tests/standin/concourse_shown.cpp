// How a Concourse presents its builds, jobs and pipelines, and a build's events.
#include <boost/json.hpp>
#include <string_view>

#include "concourse_state.h"

namespace standin {
namespace {

namespace json = boost::json;

constexpr std::int64_t unset_time = -62'135'596'800;  // Go's, where /jobs has none

void add_pause(json::object& shown, const Paused& paused) {
    shown["paused"] = paused.now;
    if (paused.now && !paused.by.empty()) {
        shown["paused_by"] = paused.by;
    }
    if (paused.now && paused.at != 0) {
        shown["paused_at"] = paused.at;
    }
}

void add_pipeline(json::object& shown, const ConcoursePipeline& pipeline, std::size_t index) {
    shown["pipeline_id"] = index + 1;
    shown["pipeline_name"] = pipeline.name;
    if (!pipeline.vars.empty()) {
        shown["pipeline_instance_vars"] = pipeline.vars;
    }
}

void add_event(json::array& events, std::string_view name, std::string_view version,
               json::object data) {
    events.push_back(json::object{{"data", std::move(data)},
                                  {"event", name},
                                  {"version", version},
                                  {"event_id", std::to_string(events.size())}});
}

}  // namespace

json::object ConcourseState::shown(const ConcourseBuild& build) const {
    json::object shown{{"id", build.id},
                       {"team_name", build.team},
                       {"name", build.name},
                       {"status", build.status},
                       {"api_url", "/api/v1/builds/" + std::to_string(build.id)}};
    if (build.pipeline) {
        shown["job_name"] = build.job;
        add_pipeline(shown, settings_.pipelines[*build.pipeline], *build.pipeline);
    }
    if (build.start_time != 0) {
        shown["start_time"] = build.start_time;
    }
    if (build.ended()) {
        shown["end_time"] = build.end_time;
    }
    if (build.rerun_of) {
        shown["rerun_number"] = 1;
        shown["rerun_of"] = {{"id", *build.rerun_of},
                             {"name", build.name.substr(0, build.name.find('.'))}};
    }
    if (!build.created_by.empty()) {
        shown["created_by"] = build.created_by;
    }
    return shown;
}

json::object ConcourseState::shown(const ConcoursePipeline& pipeline) const {
    json::object shown{{"id", &pipeline - settings_.pipelines.data() + 1},
                       {"name", pipeline.name},
                       {"team_name", pipeline.team},
                       {"public", pipeline.exposed},
                       {"archived", pipeline.archived},
                       {"last_updated", now_}};
    if (!pipeline.vars.empty()) {
        shown["instance_vars"] = pipeline.vars;
    }
    add_pause(shown, pipeline.paused);
    return shown;
}

json::object ConcourseState::shown(const ConcoursePipeline& pipeline, const ConcourseJob& job,
                                   bool alone) {
    json::object shown{
        {"id", &job - pipeline.jobs.data() + 1}, {"name", job.name}, {"team_name", pipeline.team}};
    add_pipeline(shown, pipeline, static_cast<std::size_t>(&pipeline - settings_.pipelines.data()));
    add_pause(shown, job.paused);
    if (alone && job.disable_manual_trigger) {
        shown["disable_manual_trigger"] = true;
    }
    if (const ConcourseBuild* const next = next_of(pipeline, job)) {
        json::object build = this->shown(*next);
        if (!alone) {  // a summary
            for (const char* key : {"api_url", "created_by", "rerun_of", "rerun_number"}) {
                build.erase(key);
            }
            build["start_time"] = next->start_time == 0 ? unset_time : next->start_time;
            build["end_time"] = unset_time;
        }
        shown["next_build"] = std::move(build);
    } else {
        shown["next_build"] = nullptr;
    }
    return shown;
}

json::array ConcourseState::events(const ConcourseBuild& build) {
    json::array events;
    if (build.start_time == 0) {
        return events;
    }
    const ConcourseJob* const job = job_of(build);
    const json::object origin{{"id", "1"}};
    add_event(events, "status", "1.0", {{"time", build.start_time}, {"status", "started"}});
    add_event(events, "initialize-task", "4.0", {{"time", build.start_time}, {"origin", origin}});
    std::string_view output = job == nullptr ? "" : std::string_view(job->output);
    while (!output.empty()) {
        const std::string_view line = output.substr(0, output.find('\n') + 1);
        const std::string_view payload = line.empty() ? output : line;
        add_event(events, "log", "5.1",
                  {{"time", build.start_time},
                   {"origin", {{"id", "1"}, {"source", "stdout"}}},
                   {"payload", payload}});
        output.remove_prefix(payload.size());
    }
    if (build.ended()) {
        add_event(events, "finish-task", "4.0",
                  {{"time", build.end_time},
                   {"exit_status", build.status == "succeeded" ? 0 : 1},
                   {"origin", origin}});
        add_event(events, "status", "1.0", {{"time", build.end_time}, {"status", build.status}});
    }
    return events;
}

}  // namespace standin
