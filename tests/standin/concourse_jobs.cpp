// What a Concourse answers about pipelines and their jobs.
#include <boost/json.hpp>

#include "concourse.h"
#include "concourse_reply.h"

namespace standin {

namespace json = boost::json;

struct Concourse::Below {
    ConcoursePipeline& pipeline;
    ConcourseJob& job;
    std::string what;  // builds, pause, unpause; empty: the job itself
};

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view part = path.substr(0, path.find('/'));
        parts.push_back(form_decoded(part));
        path.remove_prefix(part.size());
    }
    return parts;
}

std::string origin_of(const Arrival& arrival) {
    return arrival.scheme + "://" + header_of(arrival, "host");
}

namespace {

// vars.env="staging"; nothing where a value is no JSON.
std::optional<InstanceVars> vars_in(const Form& query) {
    constexpr std::string_view before = "vars.";
    InstanceVars vars;
    for (const auto& [name, text] : query) {
        if (name.starts_with(before)) {
            boost::system::error_code error;
            vars[name.substr(before.size())] = json::parse(text, error);
            if (error) {
                return std::nullopt;
            }
        }
    }
    return vars;
}

}  // namespace

// /api/v1/teams/T/pipelines/P, /jobs/J and what is below. To act wants a role even where there is
// nothing to act on.
Reply Concourse::below_pipeline(const Asker& who, const Arrival& arrival, const Asked& asked) {
    const auto parts = parts_of(asked.path);
    const std::string& team = parts[3];
    const bool reads = arrival.method == "GET";
    if (!reads && !who.operates(team)) {
        return refusal(who);
    }
    const auto vars = vars_in(asked.query);
    if (!vars) {
        return concourse_says(400, "");
    }
    ConcoursePipeline* const pipeline = state_.pipeline(team, parts[5], *vars);
    if (pipeline == nullptr) {
        return concourse_says(404, "");
    }
    if (!who.sees(team) && !pipeline->exposed) {
        return refusal(who);
    }
    if (parts.size() == 6 && reads) {
        ConcourseState::look_at(pipeline->paused);
        return concourse_json(200, state_.shown(*pipeline));
    }
    if (parts.size() < 8 || parts[6] != "jobs") {
        return concourse_says(404, "404 page not found\n");
    }
    ConcourseJob* const job = pipeline->job(parts[7]);
    if (job == nullptr || job->removed) {
        return concourse_says(404, "");
    }
    return below_job(who, arrival, asked, {*pipeline, *job, parts.size() > 8 ? parts[8] : ""});
}

Reply Concourse::below_job(const Asker& who, const Arrival& arrival, const Asked& asked,
                           const Below& at) {
    const std::string did = arrival.method + " " + at.what;
    if (did == "GET ") {
        ConcourseState::look_at(at.job.paused);
        return concourse_json(200, state_.shown(at.pipeline, at.job, true));
    }
    if (did == "GET builds") {
        return list(
            [&](const ConcourseBuild& build) { return state_.is_of(build, at.pipeline, at.job); },
            arrival, asked);
    }
    if (did == "POST builds") {
        return trigger(who, at);
    }
    if (did == "PUT pause") {
        state_.pause(at.job.paused, who.name);
        return concourse_says(200, "");
    }
    if (did == "PUT unpause") {
        at.job.paused = Paused();
        return concourse_says(200, "");
    }
    return concourse_says(404, "404 page not found\n");
}

Reply Concourse::trigger(const Asker& who, const Below& at) {
    if (at.pipeline.archived) {
        return concourse_says(409, "action not allowed for an archived pipeline\n");
    }
    if (at.job.disable_manual_trigger) {
        return concourse_says(409, "");
    }
    return concourse_json(200, state_.shown(state_.trigger(at.pipeline, at.job, who.name)));
}

}  // namespace standin
