// `upkeep throttle status`, `freeze` and `thaw`: what a group does, and stopping it.
#include <CLI/CLI.hpp>
#include <string>

#include "atc/concourse.h"
#include "atc/operator_role.h"
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

struct Change {
    std::string word;
    std::string help;
    bool (atc::Concourse::*act)(const atc::JobRef& job);  // false where there is no such job
};

// What still keeps everything from being admitted after a thaw: the job's pipeline may be paused.
int say_thawed(atc::Concourse& concourse, const atc::JobRef& job, const World& world) {
    const auto frozen = throttle::frozen(concourse, job);
    print_answer(atc::to_text(job) + " is not paused" +
                     (frozen ? "; still frozen: " + printable(frozen->text()) +
                                   ": fly unpause-pipeline thaws it"
                             : ": what waits is admitted") +
                     "\n",
                 world.stop);
    return frozen ? 1 : 0;
}

int change_freeze(const Change& change, const Arguments& arguments, World& world) {
    throttle::GroupOptions options;
    CLI::App app(change.help, "upkeep throttle " + change.word);
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
    const atc::JobRef& job = *group.freeze;
    const Endpoint endpoint = throttle::concourse_of(group.concourse, world.environment);
    atc::Concourse concourse(endpoint, world.http);
    atc::require_operator(concourse, job.team, app.get_name() + " " + atc::to_text(job));
    if (!(concourse.*change.act)(job)) {
        throw Failure(app.get_name(),
                      "there is no job " + atc::to_text(job) + " at " + concourse.place(),
                      "Is it team/pipeline/job, and pipeline[env=staging] for an instance?");
    }
    if (change.word == "thaw") {
        return say_thawed(concourse, job, world);
    }
    print_answer(atc::to_text(job) + " is paused: nothing is admitted\n", world.stop);
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
    return change_freeze({"freeze", "Pauses the job that freezes: nothing is admitted any more.",
                          &atc::Concourse::pause},
                         arguments, world);
}

int run_throttle_thaw(const Arguments& arguments, World& world) {
    return change_freeze({"thaw", "Lets the job that freezes go on, and with it what waits.",
                          &atc::Concourse::unpause},
                         arguments, world);
}

}  // namespace upkeep
