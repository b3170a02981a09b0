// `upkeep rollout`: triggers the jobs that are due, stage by stage, and follows them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "atc/concourse.h"
#include "cmd/command_line.h"
#include "cmd/group_options.h"
#include "cmd/program.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "present/overview.h"
#include "resource/look_at_all.h"
#include "resource/rollout/plan.h"
#include "resource/rollout/rollout.h"
#include "resource/source_file.h"
#include "resource/throttle/by_hand.h"
#include "resource/throttle/group.h"
#include "system/files.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

const std::string self = "upkeep rollout";

struct Options {
    throttle::GroupOptions group;
    std::vector<std::string> jobs;
    std::string jobs_file;
    std::vector<std::string> stages;
    std::vector<std::string> sources;
    std::string until;
    std::string pause_between;
    std::string own_job;
    std::int64_t limit = 3;
    std::int64_t max_failures = 1;
    bool dry_run = false;
    std::string help;
};

Options read_options(const Arguments& arguments) {
    Options options;
    CLI::App app(
        "Triggers jobs stage by stage, at most N at once, follows their builds, and stops "
        "triggering when one fails. Run again, it goes on where it stopped.",
        self);
    app.add_option("--jobs", options.jobs,
                   "jobs to trigger: main/*/deploy-*, main/cf[env=staging]/*; ! excludes")
        ->type_name("PATTERN");
    app.add_option("--jobs-file", options.jobs_file,
                   "or those in a file `jobs` or `findings.json` of a look")
        ->type_name("FILE");
    app.add_option("--limit", options.limit, "so many at once, those of others included (3)")
        ->type_name("N")
        ->check(CLI::Range(std::int64_t{1}, throttle::largest_limit));
    app.add_option("--stages", options.stages,
                   "development,staging,production: each begins when the one before has succeeded")
        ->type_name("NAME,...")
        ->delimiter(',');
    app.add_option("--until", options.until, "the last stage that begins")->type_name("STAGE");
    app.add_option("--pause-between", options.pause_between, "between stages: 10m")
        ->type_name("TIME");
    app.add_option("--max-failures", options.max_failures, "so many end the triggering (1)")
        ->type_name("N")
        ->check(CLI::Range(1, 1'000'000));
    app.add_option("--source", options.sources,
                   "look again at the end of each stage: a job that is green, but still found "
                   "stale, stops it")
        ->type_name("FILE");
    app.add_option("--own-job", options.own_job,
                   "the job that runs this, which must not be in the group that it waits for")
        ->type_name("TEAM/PIPELINE/JOB");
    app.add_flag("--dry-run", options.dry_run, "show the plan, and trigger nothing");
    add_concourse_options(app, options.group);
    options.help = parse_command_line(app, arguments);
    if (options.help.empty() && options.jobs.empty() == options.jobs_file.empty()) {
        throw Failure(self, "it is not said which jobs", "Give either --jobs or --jobs-file.");
    }
    return options;
}

std::vector<rollout::PlannedJob> planned_jobs(const Options& options, atc::Concourse& concourse,
                                              const World& world) {
    if (!options.jobs_file.empty()) {
        return rollout::read_jobs_file(
            read_file(options.jobs_file, limits::document_bytes,
                      "reading the jobs in " + options.jobs_file, world.stop),
            options.jobs_file);
    }
    try {
        return rollout::jobs_that_match(concourse, atc::JobPatterns(options.jobs));
    } catch (const std::invalid_argument& error) {
        throw Failure("--jobs", error.what());
    }
}

// The group of the throttle, or the jobs of the plan by themselves.
atc::JobPatterns group_jobs(const throttle::Group& given,
                            const std::vector<rollout::PlannedJob>& jobs) {
    if (!given.jobs.empty()) {
        return given.jobs;
    }
    std::vector<std::string> patterns;
    for (const rollout::PlannedJob& planned : jobs) {
        patterns.push_back(atc::pattern_of(planned.job));
    }
    return atc::JobPatterns(patterns);
}

void refuse_own_job(const Options& options, const atc::JobPatterns& jobs) {
    if (options.own_job.empty()) {
        return;
    }
    try {
        if (jobs.matches(atc::parse_job(options.own_job))) {
            throw Failure(self,
                          options.own_job + " is in the group " + jobs.text() +
                              ", so it would hold a place that it waits for",
                          "Exclude it: !" + options.own_job + ".");
        }
    } catch (const std::invalid_argument& error) {
        throw Failure("--own-job", error.what());
    }
}

std::vector<NamedSource> read_sources(const Options& options, const World& world) {
    std::vector<NamedSource> sources;
    for (const std::string& file : options.sources) {
        const std::string name = source_file_name(file);
        sources.push_back(
            {name, read_source(read_source_file(file, world.stop), name + ": source")});
    }
    return sources;
}

// A part that was not looked at may be stale too.
std::set<std::string> stale_jobs(const Report& report) {
    const auto failures = present::failures(report);
    if (!failures.empty()) {
        throw Failure("looking again", failures.front()->failure);
    }
    const auto found = present::jobs(report);
    return {found.begin(), found.end()};
}

std::string plan_text(const std::vector<rollout::Stage>& plan, const rollout::Settings& settings) {
    std::string text;
    for (const rollout::Stage& stage : plan) {
        if (!stage.name.empty()) {
            text += printable(stage.name) + ":\n";
        }
        for (const atc::JobRef& job : stage.jobs) {
            text += "  " + printable(atc::to_text(job)) + "\n";
        }
        if (!settings.until.empty() && stage.name == settings.until) {
            break;
        }
    }
    return text + "at most " + std::to_string(settings.limit) + " at once of " +
           printable(settings.group.jobs.text()) + "\n";
}

std::string results_text(const std::vector<rollout::Result>& results,
                         const atc::Concourse& concourse) {
    std::string text;
    for (const rollout::Result& result : results) {
        const std::string state(rollout::to_text(result.outcome));
        text += state + std::string(20 - state.size(), ' ') +
                printable(result.build ? result.build->text() : atc::to_text(result.job));
        text += result.build ? "  " + printable(concourse.url_of(*result.build)) : "";
        text += result.reason.empty() || result.reason == "failed"
                    ? ""
                    : "  (" + printable(result.reason) + ")";
        text += "\n";
    }
    return text;
}

bool is_done(const std::vector<rollout::Result>& results, const std::string& until) {
    bool in_scope = true;
    std::string stage;
    return std::all_of(results.begin(), results.end(), [&](const rollout::Result& result) {
        in_scope = in_scope && (until.empty() || stage != until || result.stage == until);
        stage = result.stage;
        return !in_scope || result.outcome == rollout::Outcome::succeeded;
    });
}

rollout::Settings settings_of(const Options& options, throttle::Group group) {
    rollout::Settings settings;
    settings.group = std::move(group);
    settings.limit = static_cast<std::size_t>(options.limit);
    settings.max_failures = static_cast<std::size_t>(options.max_failures);
    settings.until = options.until;
    if (!options.pause_between.empty()) {
        const auto pause = parse_duration(options.pause_between);
        if (!pause) {
            throw Failure(self,
                          "--pause-between is " + upkeep::quoted(options.pause_between) +
                              ", no length of time",
                          "A number and s, m, h or d: 10m.");
        }
        settings.pause_between = *pause;
    }
    if (!options.until.empty() && std::find(options.stages.begin(), options.stages.end(),
                                            options.until) == options.stages.end()) {
        throw Failure(self, "--until is " + upkeep::quoted(options.until) + ", none of the stages",
                      options.stages.empty() ? "Give --stages."
                                             : "There are: " + joined(options.stages) + ".");
    }
    return settings;
}

}  // namespace

int run_rollout(const Arguments& arguments, World& world) {
    Options options = read_options(arguments);
    if (!options.help.empty()) {
        print_answer(options.help, world.stop);
        return 0;
    }
    throttle::Group group = throttle::read_group_by_hand(options.group, world).group;
    const Endpoint endpoint = throttle::concourse_of(group.concourse, world.environment);
    atc::Concourse concourse(endpoint, world.http);
    const auto jobs = planned_jobs(options, concourse, world);
    const std::vector<rollout::Stage> plan = rollout::in_stages(jobs, options.stages);
    if (jobs.empty()) {
        print_answer("nothing to do\n", world.stop);
        return 0;
    }
    group.jobs = group_jobs(group, jobs);
    refuse_own_job(options, group.jobs);
    throttle::require_roles(concourse, group.jobs);
    const rollout::Settings settings = settings_of(options, std::move(group));
    if (options.dry_run) {
        print_answer(plan_text(plan, settings), world.stop);
        return 0;
    }
    const std::vector<NamedSource> sources = read_sources(options, world);
    std::mutex mutex;
    rollout::Tools tools{concourse, world.clock, world.stop,
                         [&](const std::string& line) {
                             const std::lock_guard lock(mutex);
                             print_error(printable_lines(line) + "\n");
                         },
                         nullptr};
    if (!sources.empty()) {
        tools.look_again = [&] { return stale_jobs(look_at_all(sources, world).report); };
    }
    const auto results = rollout::roll_out(plan, settings, tools);
    print_error(results_text(results, concourse));
    world.stop.throw_if_requested();
    return is_done(results, settings.until) ? 0 : 1;
}

}  // namespace upkeep
