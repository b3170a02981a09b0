// `upkeep throttle status`, `freeze` and `thaw`: what a group does, and stopping it.
#include <CLI/CLI.hpp>
#include <string>

#include "atc/concourse.h"
#include "cmd/command_line.h"
#include "cmd/group_options.h"
#include "cmd/program.h"
#include "core/failure.h"
#include "core/json.h"
#include "core/text.h"
#include "resource/throttle/by_hand.h"
#include "resource/throttle/status.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

// The job that freezes, changed by f, which returns false where there is none.
template <typename F>
int change_freeze(const std::string& word, const std::string& help, const Arguments& arguments,
                  World& world, F f) {
    throttle::GroupOptions options;
    CLI::App app(help, "upkeep throttle " + word);
    add_concourse_options(app, options);
    if (const std::string text = parse_command_line(app, arguments); !text.empty()) {
        print_answer(text, world.stop);
        return 0;
    }
    const throttle::Group group = throttle::read_group_by_hand(options, world).group;
    if (!group.freeze) {
        throw Failure(app.get_name(), "--freeze is missing",
                      "Name the job that freezes while it is paused, as the throttle does.");
    }
    const Endpoint endpoint = throttle::concourse_of(group.concourse, world.environment);
    atc::Concourse concourse(endpoint, world.http);
    const std::string job = atc::to_text(*group.freeze);
    if (!f(concourse, *group.freeze)) {
        throw Failure(app.get_name(),
                      "there is no job " + job + " at " + concourse.place() + " that " +
                          concourse.user() + " may see",
                      "Is it team/pipeline/job, and pipeline[env=staging] for an instance?");
    }
    print_answer(job + (word == "freeze" ? " is paused: nothing is admitted\n" : " goes on\n"),
                 world.stop);
    return 0;
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
    return change_freeze(
        "freeze", "Pauses the job that freezes: nothing is admitted any more.", arguments, world,
        [](atc::Concourse& concourse, const atc::JobRef& job) { return concourse.pause(job); });
}

int run_throttle_thaw(const Arguments& arguments, World& world) {
    return change_freeze(
        "thaw", "Lets the job that freezes go on, and with it what waits.", arguments, world,
        [](atc::Concourse& concourse, const atc::JobRef& job) { return concourse.unpause(job); });
}

}  // namespace upkeep
