#include "concourse_settings.h"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>
#include <utility>

#include "readers.h"

namespace standin {
namespace {

namespace json = boost::json;

constexpr std::int64_t usual_start = 1'795'000'000;  // of build 0, and of each next a second later
constexpr std::int64_t usual_length = 60;

void add_pause(Readers& readers, Paused& paused) {
    readers["paused"] = truth(paused.now);
    readers["paused_by"] = text(paused.by);
    readers["paused_at"] = time(paused.at);
    readers["unpauses_after"] = number(paused.left);
}

ConcourseUser parse_user(const json::value& value, const std::string& place) {
    ConcourseUser user;
    const auto parse_roles = [](const json::value& roles, const std::string&) {
        return json::value_to<std::vector<std::string>>(roles);
    };
    read_object(value, place,
                {
                    {"password", text(user.password)},
                    {"token", text(user.token)},
                    {"roles", map_of(user.roles, place + ".roles", parse_roles)},
                    {"admin", truth(user.admin)},
                    {"role_uses", number(user.role_uses)},
                });
    return user;
}

ConcourseJob parse_job(const json::value& value, const std::string& place) {
    ConcourseJob job;
    if (value.is_string()) {
        job.name = value.get_string();
        return job;
    }
    Readers readers{
        {"name", text(job.name)},
        {"disable_manual_trigger", truth(job.disable_manual_trigger)},
        {"removed", truth(job.removed)},
        {"runs", number(job.runs)},
        {"outcomes", texts(job.outcomes)},
        {"hooks", number(job.hooks)},
        {"output", text(job.output)},
    };
    add_pause(readers, job.paused);
    read_object(value, place, readers);
    return job;
}

ConcoursePipeline parse_pipeline(const json::value& value, const std::string& place) {
    ConcoursePipeline pipeline;
    Readers readers{
        {"team", text(pipeline.team)},
        {"name", text(pipeline.name)},
        {"vars", [&](const json::value& vars) { pipeline.vars = vars.as_object(); }},
        {"exposed", truth(pipeline.exposed)},
        {"archived", truth(pipeline.archived)},
        {"jobs", list_of(pipeline.jobs, place + ".jobs", parse_job)},
    };
    add_pause(readers, pipeline.paused);
    read_object(value, place, readers);
    return pipeline;
}

// env=staging,number=1 as the variables of an instance.
json::object vars_in(std::string_view brackets) {
    json::object vars;
    while (!brackets.empty()) {
        const std::string_view one = brackets.substr(0, brackets.find(','));
        brackets.remove_prefix(std::min(one.size() + 1, brackets.size()));
        const std::size_t equals = one.find('=');
        if (equals == std::string_view::npos) {
            throw std::invalid_argument("must be team/pipeline[var=value]/job");
        }
        const std::string_view value = one.substr(equals + 1);
        boost::system::error_code error;
        const json::value read = json::parse({value.data(), value.size()}, error);
        vars[one.substr(0, equals)] = error ? json::value(json::string(value)) : read;
    }
    return vars;
}

// team/pipeline/job, or the team alone for a one-off build. What was not listed is there too.
void lead_to_job(ConcourseBuild& build, const std::string& text,
                 std::vector<ConcoursePipeline>& pipelines) {
    const std::size_t first = text.find('/');
    const std::size_t last = text.rfind('/');
    build.team = text.substr(0, first);
    if (first == std::string::npos) {
        return;
    }
    if (first == last) {
        throw std::invalid_argument("must be team/pipeline/job, or a team");
    }
    std::string name = text.substr(first + 1, last - first - 1);
    json::object vars;
    if (const std::size_t bracket = name.find('['); bracket != std::string::npos) {
        vars = vars_in(std::string_view(name).substr(bracket + 1, name.size() - bracket - 2));
        name.resize(bracket);
    }
    auto pipeline = std::find_if(pipelines.begin(), pipelines.end(), [&](const auto& one) {
        return one.team == build.team && one.name == name && one.vars == vars;
    });
    if (pipeline == pipelines.end()) {
        pipelines.emplace_back();
        pipeline = pipelines.end() - 1;
        pipeline->team = build.team;
        pipeline->name = name;
        pipeline->vars = std::move(vars);
    }
    build.pipeline = static_cast<std::size_t>(pipeline - pipelines.begin());
    build.job = text.substr(last + 1);
    if (pipeline->job(build.job) == nullptr) {
        pipeline->jobs.emplace_back().name = build.job;
    }
}

bool same_job(const ConcourseBuild& a, const ConcourseBuild& b) {
    return a.team == b.team && a.pipeline == b.pipeline && a.job == b.job;
}

// "41", or "41.1" of a re-run, as Concourse numbers the builds of a job.
std::string usual_name(const ConcourseBuild& build, const std::vector<ConcourseBuild>& before) {
    const auto of_it = [&](const ConcourseBuild& other) {
        return same_job(build, other) && other.rerun_of == build.rerun_of;
    };
    const auto number = std::to_string(1 + std::count_if(before.begin(), before.end(), of_it));
    const auto first = std::find_if(before.begin(), before.end(),
                                    [&](const auto& other) { return build.rerun_of == other.id; });
    return first == before.end() ? number : first->name + "." + number;
}

void add_builds(const json::value& value, const std::string& place, ConcourseSettings& concourse) {
    ConcourseBuild build;
    std::string job;
    std::uint64_t times = 1;
    std::int64_t apart = 1;
    read_object(value, place,
                {
                    {"id", number(build.id)},
                    {"job", text(job)},
                    {"name", text(build.name)},
                    {"status", text(build.status)},
                    {"start_time", time(build.start_time)},
                    {"end_time", time(build.end_time)},
                    {"rerun_of", number(build.rerun_of)},
                    {"created_by", text(build.created_by)},
                    {"ends_after", number(build.ends_after)},
                    {"ends_as", text(build.ends_as)},
                    {"let_by", truth(build.let_by)},
                    {"breaks_after", number(build.breaks_after)},
                    {"times", number(times)},
                    {"apart", number(apart)},
                });
    try {
        lead_to_job(build, job, concourse.pipelines);
    } catch (const std::invalid_argument& wrong) {
        refuse(place + ".job", wrong.what());
    }
    const bool is_numbered = build.name.empty();
    if (build.status != "pending" && build.start_time == 0) {
        build.start_time = usual_start + build.id;
    }
    for (std::uint64_t count = 0; count < times; ++count) {
        ConcourseBuild next = build;
        next.name = is_numbered ? usual_name(build, concourse.builds) : build.name;
        if (next.ended() && next.end_time == 0) {
            next.end_time = next.start_time + usual_length;
        }
        concourse.builds.push_back(std::move(next));
        ++build.id;
        build.start_time += apart;
    }
}

void flatten(const json::object& vars, const std::string& before, InstanceVars& flat) {
    for (const auto& [name, value] : vars) {
        const std::string path = before + std::string(name);
        if (value.is_object()) {
            flatten(value.get_object(), path + ".", flat);
        } else {
            flat[path] = value;
        }
    }
}

}  // namespace

InstanceVars ConcoursePipeline::flat_vars() const {
    InstanceVars flat;
    flatten(vars, "", flat);
    return flat;
}

ConcourseJob* ConcoursePipeline::job(std::string_view wanted) {
    const auto found = std::find_if(jobs.begin(), jobs.end(),
                                    [&](const ConcourseJob& one) { return one.name == wanted; });
    return found == jobs.end() ? nullptr : &*found;
}

ConcourseSettings parse_concourse(const json::value& value, const std::string& place) {
    ConcourseSettings concourse;
    json::array builds;
    read_object(
        value, place,
        {
            {"version", text(concourse.version)},
            {"users", map_of(concourse.users, place + ".users", parse_user)},
            {"token_uses", number(concourse.token_uses)},
            {"pipelines", list_of(concourse.pipelines, place + ".pipelines", parse_pipeline)},
            {"builds", [&](const json::value& list) { builds = list.as_array(); }},
        });
    for (std::size_t i = 0; i < builds.size(); ++i) {  // they name pipelines
        add_builds(builds[i], place + ".builds[" + std::to_string(i) + "]", concourse);
    }
    return concourse;
}

}  // namespace standin
