#include "atc/build.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

#include "atc/not_a_concourse.h"
#include "core/failure.h"
#include "core/moment.h"
#include "core/text.h"

namespace upkeep::atc {

namespace {

constexpr std::size_t inputs_named = 5;
constexpr std::array<std::string_view, 6> status_names{"pending", "started", "succeeded",
                                                       "failed",  "errored", "aborted"};

// Reads one thing of the API: what is needed and not there makes it none.
class Reader {
  public:
    Reader(const json::value& value, std::string what, const std::string& doing)
        : what_(std::move(what)), doing_(doing), object_(value.if_object()) {
        if (object_ == nullptr) {
            throw none("it is " + type_name(value));
        }
    }

    Failure none(const std::string& why) const {
        return {doing_, "what it lists is no " + what_ + " of Concourse: " + why, not_a_concourse};
    }

    std::string text(std::string_view key) const { return text_in(*object_, key); }
    std::string required_text(std::string_view key) const {
        std::string value = text(key);
        if (value.empty()) {
            throw none("it has no " + std::string(key));
        }
        return value;
    }

    std::int64_t required_number(std::string_view key) const {
        const json::value* value = object_->if_contains(key);
        if (value == nullptr || !value->is_int64()) {
            throw none("it has no " + std::string(key));
        }
        return value->get_int64();
    }

    // Absent, null, and before 1970 (a time of Go's that was not set) are none.
    std::optional<DatabaseTime> time(std::string_view key) const {
        const json::value* value = object_->if_contains(key);
        const bool set = value != nullptr && value->is_int64() && value->get_int64() > 0;
        if (set && value->get_int64() > latest) {
            throw none("its " + std::string(key) + " is no time");
        }
        return set ? std::optional(value->get_int64()) : std::nullopt;
    }

    // Absent is false; what is neither must not look thawed, or like a job that may be triggered.
    bool truth(std::string_view key) const {
        const json::value* value = object_->if_contains(key);
        if (value != nullptr && !value->is_bool()) {
            throw none("its " + std::string(key) + " is " + type_name(*value));
        }
        return value != nullptr && value->get_bool();
    }

    InstanceVars vars(std::string_view key) const {
        const json::object* vars = object_in(*object_, key);
        return vars == nullptr ? InstanceVars() : flat_vars(*vars);
    }

    std::optional<Pause> pause() const {
        return truth("paused") ? std::optional(Pause{text("paused_by"), time("paused_at")})
                               : std::nullopt;
    }

    const json::object& object() const { return *object_; }

  private:
    std::string what_;
    const std::string& doing_;
    const json::object* object_;
};

BuildStatus status_of(const Reader& reader) {
    const std::string name = reader.required_text("status");
    const auto* const found = std::find(status_names.begin(), status_names.end(), name);
    if (found == status_names.end()) {
        throw reader.none("its status is " + in_brief(name));
    }
    return static_cast<BuildStatus>(found - status_names.begin());
}

}  // namespace

std::string_view to_text(BuildStatus status) {
    return status_names.at(static_cast<std::size_t>(status));
}

bool has_ended(BuildStatus status) {
    return status != BuildStatus::pending && status != BuildStatus::started;
}

std::string Pause::text() const {
    return (by.empty() ? "paused" : "paused by " + in_brief(by)) +
           (since ? " since " + upkeep::to_text(Moment(std::chrono::seconds(*since))) : "");
}

std::string Build::text() const {
    return in_brief(to_text(job) + " #" + name, longest_shown);
}

Rank rank_of(const Build& build) {
    return {build.started.value_or(0), build.id};
}

Build parse_build(const json::value& value, const std::string& doing) {
    const Reader reader(value, "build", doing);
    Build build;
    build.id = reader.required_number("id");
    if (build.id <= 0) {
        throw reader.none("its id is " + std::to_string(build.id));
    }
    build.name = reader.text("name");
    build.job = {reader.text("team_name"), reader.text("pipeline_name"),
                 reader.vars("pipeline_instance_vars"), reader.text("job_name")};
    build.status = status_of(reader);
    build.started = reader.time("start_time");
    build.ended = reader.time("end_time");
    if (build.status == BuildStatus::started && !build.started) {
        throw reader.none("it runs and has no start_time");
    }
    return build;
}

Job parse_job_state(const json::value& value, const std::string& doing) {
    const Reader reader(value, "job", doing);
    Job job;
    job.ref = {reader.required_text("team_name"), reader.required_text("pipeline_name"),
               reader.vars("pipeline_instance_vars"), reader.required_text("name")};
    job.paused = reader.pause();
    job.refuses_triggers = reader.truth("disable_manual_trigger");
    const json::value* next = reader.object().if_contains("next_build");
    if (next != nullptr && !next->is_null()) {
        job.next = parse_build(*next, doing);
    }
    return job;
}

Pipeline parse_pipeline(const json::value& value, const std::string& doing) {
    const Reader reader(value, "pipeline", doing);
    return {{reader.required_text("team_name"), reader.required_text("name"),
             reader.vars("instance_vars"), ""},
            reader.truth("archived"),
            reader.pause()};
}

std::string parse_preparation(const json::value& value, const std::string& doing) {
    const Reader reader(value, "preparation of a build", doing);
    const json::object* inputs = object_in(reader.object(), "inputs");
    const json::object* reasons = object_in(reader.object(), "missing_input_reasons");
    std::vector<std::string> waits;
    for (const auto& [name, status] : inputs == nullptr ? json::object() : *inputs) {
        if (status == "blocking") {
            const std::string reason = reasons == nullptr ? "" : text_in(*reasons, name);
            waits.push_back("its input " + std::string(name) +
                            (reason.empty() ? "" : " (" + reason + ")"));
        }
    }
    if (reader.text("max_running_builds") == "blocking") {
        waits.emplace_back("builds of its job or of its serial groups, as many as may run at once");
    }
    return first_few(waits, inputs_named);
}

}  // namespace upkeep::atc
