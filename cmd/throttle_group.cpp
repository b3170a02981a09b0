// `upkeep throttle status`, `freeze` and `thaw`: what a group does, and stopping it.
#include <CLI/CLI.hpp>
#include <string>

#include "atc/concourse.h"
#include "atc/roles.h"
#include "cmd/command_line.h"
#include "cmd/group_options.h"
#include "cmd/program.h"
#include "core/failure.h"
#include "core/json.h"
#include "core/text.h"
#include "resource/throttle/by_hand.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/status.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

// What one word of the command does with the job that freezes; `doing` is for its messages.
using Change = int (*)(const atc::JobRef& job, const std::string& doing, atc::Concourse& concourse,
                       const World& world);

Failure no_such_job(const atc::JobRef& job, const std::string& doing,
                    const atc::Concourse& concourse) {
    return {doing, "there is no job " + atc::shown(job) + " at " + concourse.place(),
            "Is it team/pipeline/job, and pipeline[env=staging] for an instance?"};
}

Failure without_effect(const std::string& doing, const std::string& job_is) {
    return {doing, "Concourse has taken it, and says that the job is " + job_is,
            "Has somebody else changed it meanwhile? Try again."};
}

// Who froze it first, and since when, stays.
int freeze(const atc::JobRef& job, const std::string& doing, atc::Concourse& concourse,
           const World& world) {
    if (!concourse.pause(job)) {
        throw no_such_job(job, doing, concourse);
    }
    const auto frozen = throttle::frozen(concourse, job);
    if (!frozen) {
        throw without_effect(doing, "not paused");
    }
    print_answer(printable(frozen->text()) + ": nothing is admitted\n", world.stop);
    return 0;
}

// Says whose freeze it was: it may have been another's, for another reason. Its pipeline may still
// be paused.
int thaw(const atc::JobRef& job, const std::string& doing, atc::Concourse& concourse,
         const World& world) {
    const auto before = concourse.job(job);
    if (!before || !concourse.unpause(job)) {
        throw no_such_job(job, doing, concourse);
    }
    const auto frozen = throttle::frozen(concourse, job);
    if (frozen && !frozen->by_pipeline) {
        throw without_effect(doing, frozen->pause.text());
    }
    print_answer(printable(atc::shown(job) +
                           (before->paused ? " was " + before->paused->text() + ", and is no more"
                                           : " was not paused")) +
                     (frozen ? "; still frozen: " + printable(frozen->text()) +
                                   ": fly unpause-pipeline thaws it"
                             : ": what waits is admitted") +
                     "\n",
                 world.stop);
    return frozen ? 1 : 0;
}

int change_freeze(const std::string& name, const std::string& help, Change change,
                  const Arguments& arguments, World& world) {
    throttle::GroupOptions options;
    CLI::App app(help, name);
    add_concourse_options(app, options);
    if (const std::string text = parse_command_line(app, arguments); !text.empty()) {
        print_answer(text, world.stop);
        return 0;
    }
    const throttle::Group group = throttle::read_group_by_hand(options, world).group;
    if (!group.freeze) {
        throw Failure(name, "--freeze is missing",
                      "Name the job that freezes while it is paused, as the throttle does.");
    }
    const Endpoint endpoint = throttle::concourse_of(group.concourse, world.environment);
    atc::Concourse concourse(endpoint, world.http);
    atc::require_operator(concourse, group.freeze->team, name + " " + atc::to_text(*group.freeze));
    return change(*group.freeze, name, concourse, world);
}

}  // namespace

int run_throttle_status(const Arguments& arguments, World& world) {
    throttle::GroupOptions options;
    std::string format = "table";
    CLI::App app("Who holds the places of a group of jobs, and who waits.",
                 "upkeep throttle status");
    add_group_options(app, options);
    app.add_option("--format", format, "table (default) or json")
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"table", "json"}));
    if (const std::string text = parse_command_line(app, arguments); !text.empty()) {
        print_answer(text, world.stop);
        return 0;
    }
    const throttle::GroupByHand read = throttle::read_group_by_hand(options, world);
    if (read.group.jobs.empty()) {
        throw Failure(app.get_name(), "--jobs is missing",
                      "Say which jobs count, or give the throttle's source by --throttle.");
    }
    const Endpoint endpoint = throttle::concourse_of(read.group.concourse, world.environment);
    atc::Concourse concourse(endpoint, world.http);
    const throttle::Status status =
        throttle::read_status(concourse, read.group, read.limit, world.clock.now());
    print_answer(format == "json" ? to_pretty(throttle::status_json(status)) + "\n"
                                  : throttle::status_table(status),
                 world.stop);
    return 0;
}

int run_throttle_freeze(const Arguments& arguments, World& world) {
    return change_freeze("upkeep throttle freeze",
                         "Pauses the job that freezes: nothing is admitted any more.", freeze,
                         arguments, world);
}

int run_throttle_thaw(const Arguments& arguments, World& world) {
    return change_freeze("upkeep throttle thaw",
                         "Lets the job that freezes go on, and with it what waits.", thaw,
                         arguments, world);
}

}  // namespace upkeep
