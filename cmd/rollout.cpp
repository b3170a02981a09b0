// `upkeep rollout`: triggers the jobs that are due, stage by stage, and follows them.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "atc/concourse.h"
#include "atc/roles.h"
#include "cmd/command_line.h"
#include "cmd/group_options.h"
#include "cmd/program.h"
#include "cmd/rollout_display.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "resource/look_at_all.h"
#include "resource/rollout/current.h"
#include "resource/rollout/dry_run.h"
#include "resource/rollout/plan.h"
#include "resource/rollout/rollout.h"
#include "resource/source_file.h"
#include "resource/throttle/by_hand.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/group.h"
#include "system/standard_streams.h"

namespace upkeep {

namespace {

const std::string self = "upkeep rollout";
constexpr std::int64_t usual_limit = 3;

struct Options {
    throttle::GroupOptions group;
    std::vector<std::string> jobs;
    std::string jobs_file;
    std::vector<std::string> stages;
    std::vector<std::string> sources;
    std::string until;
    std::string pause_between;
    std::string own_job;
    std::optional<std::int64_t> max_failures;
    bool dry_run = false;
    std::string help;
};

void check_usage(const Options& options) {
    if (options.jobs.empty() == options.jobs_file.empty()) {
        throw Failure(
            self,
            options.jobs.empty() ? "it is not said which jobs" : "it is said twice which jobs",
            "Give either --jobs or --jobs-file.");
    }
    std::vector<std::string> files = options.sources;
    files.push_back(options.jobs_file);
    files.push_back(options.group.file);
    if (std::count_if(files.begin(), files.end(), is_standard_input) > 1) {
        throw Failure(self, "standard input is to be read twice",
                      "Put one of the two into a file.");
    }
}

Options read_options(const Arguments& arguments) {
    Options options;
    options.group.jobs_option = "--group";
    CLI::App app(
        "Triggers jobs stage by stage, at most N at once, follows their builds, and stops "
        "triggering when one fails. Run again, it follows what still runs; with --source it leaves "
        "out what is done. Exit codes: 0 all is done, 1 something failed or is left, 2 it could "
        "not "
        "be begun.",
        self);
    app.add_option("--jobs", options.jobs,
                   "jobs to trigger, in this order: main/*/deploy-*, main/cf[env=staging]/*; "
                   "! excludes")
        ->type_name("PATTERN,...");
    app.add_option("--jobs-file", options.jobs_file,
                   "or those in a file `jobs` or `findings.json` of a look; - is standard input")
        ->type_name("FILE");
    add_number(app, "--limit", options.group.limit, 1, throttle::largest_limit,
               "so many at once, those of others in the group included (the file's, or 3)");
    app.add_option("--stages", options.stages,
                   "development,staging,production: each begins when the one before has succeeded")
        ->type_name("NAME,...")
        ->delimiter(',');
    app.add_option("--until", options.until, "the last stage that begins")->type_name("STAGE");
    app.add_option("--pause-between", options.pause_between, "between stages: 10m")
        ->type_name("TIME");
    add_number(app, "--max-failures", options.max_failures, 1, 1'000'000,
               "so many end the triggering (1)");
    app.add_option(
           "--source", options.sources,
           "of a look: jobs that it does not find stale are done; it looks again after each "
           "build that succeeded, and a job that is green, but still stale, has failed")
        ->type_name("FILE");
    app.add_option("--group", options.group.jobs,
                   "jobs whose builds count against the limit: main/*/deploy-*; instead of the "
                   "file's, or of the jobs to trigger alone")
        ->type_name("PATTERN,...");
    app.add_option("--own-job", options.own_job,
                   "the job that runs this, which must not be in the group that it waits for")
        ->type_name("TEAM/PIPELINE/JOB");
    app.add_flag("--dry-run", options.dry_run,
                 "show the plan, and trigger nothing; the exit code is that of a rollout of which "
                 "all builds succeed");
    add_concourse_options(app, options.group);
    options.help = parse_command_line(app, arguments);
    for (std::string& stage : options.stages) {
        stage = trimmed(stage, " ");
    }
    if (options.help.empty()) {
        check_usage(options);
    }
    return options;
}

std::vector<rollout::PlannedJob> planned_jobs(const Options& options, atc::Concourse& concourse,
                                              const World& world) {
    if (!options.jobs_file.empty()) {
        const std::string name = source_file_name(options.jobs_file);
        return rollout::read_jobs_file(
            read_file_or_standard_input(options.jobs_file, limits::document_bytes,
                                        "reading the jobs in " + name, world.stop),
            name);
    }
    try {
        const atc::JobPatterns patterns(atc::separate_patterns(options.jobs));
        throttle::require_roles(concourse, patterns);
        return rollout::jobs_that_match(concourse, patterns);
    } catch (const std::invalid_argument& error) {
        throw Failure("--jobs", error.what());
    }
}

atc::JobRef own_job_of(const Options& options) {
    try {
        return atc::parse_job(options.own_job);
    } catch (const std::invalid_argument& error) {
        throw Failure("--own-job", error.what());
    }
}

std::string advice_on_own_job(const Options& options, bool is_planned) {
    if (!is_planned && !options.group.jobs.empty()) {
        return "Exclude it in --group: !" + options.own_job + ".";
    }
    if (!is_planned && !options.group.file.empty()) {
        return "Exclude it in `jobs` of " + options.group.file + ": !" + options.own_job + ".";
    }
    return options.jobs_file.empty() ? "Exclude it: !" + options.own_job + "."
                                     : "Take it out of " + options.jobs_file + ".";
}

// It would wait for itself. A name that is misspelt would let it into the group.
void refuse_own_job(const Options& options, const atc::JobPatterns& group,
                    const std::vector<rollout::PlannedJob>& jobs, atc::Concourse& concourse) {
    if (options.own_job.empty()) {
        return;
    }
    const atc::JobRef own = own_job_of(options);
    const bool is_planned =
        std::any_of(jobs.begin(), jobs.end(),
                    [&](const rollout::PlannedJob& planned) { return planned.job == own; });
    if (is_planned || group.matches(own)) {
        throw Failure(self,
                      options.own_job + " runs this rollout, and is " +
                          (is_planned ? "one of its jobs" : "in the group " + group.text()) +
                          ": it would wait for itself",
                      advice_on_own_job(options, is_planned));
    }
    if (!concourse.job(own)) {
        throw Failure("--own-job", "there is no job " + options.own_job,
                      "Which job runs this? It must not wait for itself.");
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

std::size_t limit_of(const throttle::GroupByHand& read) {
    const std::int64_t limit = read.limit.value_or(usual_limit);
    if (limit == 0) {
        throw Failure(self, "the throttle's limit is 0: nothing is admitted",
                      "Raise it, or give --limit.");
    }
    return static_cast<std::size_t>(limit);
}

void check_stages(const Options& options) {
    std::set<std::string> known;
    for (const std::string& stage : options.stages) {
        if (!known.insert(stage).second) {
            throw Failure(self, "--stages names " + stage + " twice");
        }
    }
    if (!options.until.empty() && std::find(options.stages.begin(), options.stages.end(),
                                            options.until) == options.stages.end()) {
        throw Failure(self, "--until is " + upkeep::quoted(options.until) + ", none of the stages",
                      options.stages.empty() ? "Give --stages."
                                             : "There are: " + joined(options.stages) + ".");
    }
}

// Those of the plan that a look finds stale, or all where there is no source.
std::vector<rollout::PlannedJob> due_jobs(const Options& options, atc::Concourse& concourse,
                                          const std::vector<NamedSource>& sources, World& world) {
    auto planned = planned_jobs(options, concourse, world);
    if (sources.empty() || planned.empty()) {
        return planned;
    }
    rollout::require_sources(sources, planned);
    rollout::Due due =
        rollout::due_of(planned, rollout::stale_jobs(look_at_all(sources, world).report));
    if (!due.besides.empty()) {  // misspelt `jobs` of a source look like this
        print_error("due, but not among the jobs of this rollout: " + printable(due.besides) +
                    "\n");
    }
    for (const std::string& name : due.current) {
        print_error(printable(name) + " is not stale: left out\n");
    }
    return std::move(due.jobs);
}

void require_operator(atc::Concourse& concourse, const std::vector<rollout::Stage>& plan) {
    for (const std::string& team : rollout::teams_of(plan)) {
        atc::require_operator(concourse, team, "triggering jobs of the team " + team);
    }
}

// Who may only see may see the plan, too, and is told what is missing.
int show_plan(const std::vector<rollout::Stage>& plan, const rollout::Settings& settings,
              atc::Concourse& concourse, World& world) {
    std::optional<atc::Refused> missing;
    try {
        require_operator(concourse, plan);
    } catch (const atc::Refused& refused) {
        missing = refused;
    }
    const auto dry = rollout::dry_run(plan, settings, concourse, world.clock.now());
    print_answer(dry.text, world.stop);
    if (missing) {
        throw atc::Refused(*missing);
    }
    if (dry.in_the_way > 0) {
        print_error(counted(dry.in_the_way, "job", "jobs") +
                    " of the plan could not be triggered\n");
    }
    return dry.in_the_way > 0 ? 1 : 0;
}

// What would keep all of it from working is said before anything is triggered.
void require_all(atc::Concourse& concourse, const throttle::Group& group,
                 const std::vector<rollout::Stage>& plan) {
    throttle::require_roles(concourse, group.jobs);
    require_operator(concourse, plan);
    if (group.freeze) {
        throttle::frozen(concourse, *group.freeze);
    }
}

int roll_out(const std::vector<rollout::Stage>& plan, const rollout::Settings& settings,
             atc::Concourse& concourse, const std::vector<NamedSource>& sources, World& world) {
    std::vector<rollout::Result> results;
    {
        RolloutDisplay display(world);
        std::mutex looking;
        rollout::Tools tools{concourse, world.clock, world.stop, *display, nullptr};
        if (!sources.empty()) {
            tools.is_still_stale = [&](const atc::JobRef& job) {
                const std::lock_guard lock(looking);
                const auto look = look_at_all(rollout::sources_of(sources, job), world);
                return rollout::stale_jobs(look.report).contains(atc::to_text(job));
            };
        }
        results = rollout::roll_out(plan, settings, tools);
    }
    if (world.stop.requested()) {
        print_error("stopped: nothing more is triggered; builds that run go on\n");
    }
    print_error(rollout::results_text(results, concourse));
    return rollout::all_succeeded(results) ? 0 : 1;
}

}  // namespace

int run_rollout(const Arguments& arguments, World& world) {
    const Options options = read_options(arguments);
    if (!options.help.empty()) {
        print_answer(options.help, world.stop);
        return 0;
    }
    check_stages(options);
    throttle::GroupByHand read = throttle::read_group_by_hand(options.group, world);
    const std::size_t limit = limit_of(read);
    if (read.group_limit && static_cast<std::int64_t>(limit) > *read.group_limit) {
        print_error("--limit " + std::to_string(limit) + " is more than the throttle's, " +
                    std::to_string(*read.group_limit) + "\n");
    }
    const auto pause = duration_of(self, "--pause-between", options.pause_between);
    rollout::Settings settings{std::move(read.group), limit,
                               static_cast<std::size_t>(options.max_failures.value_or(1)),
                               pause.value_or(std::chrono::seconds(0))};
    const Endpoint endpoint = throttle::concourse_of(settings.group.concourse, world.environment);
    atc::Concourse concourse(endpoint, world.http);
    const std::vector<NamedSource> sources = read_sources(options, world);
    const auto jobs = due_jobs(options, concourse, sources, world);
    const auto plan = rollout::in_stages(jobs, options.stages, options.until);
    if (plan.empty()) {
        print_answer("nothing to do\n", world.stop);
        return 0;
    }
    if (settings.group.jobs.empty()) {
        settings.group.jobs = rollout::patterns_of(jobs);
    }
    refuse_own_job(options, settings.group.jobs, jobs, concourse);
    if (options.dry_run) {
        return show_plan(plan, settings, concourse, world);
    }
    require_all(concourse, settings.group, plan);
    return roll_out(plan, settings, concourse, sources, world);
}

}  // namespace upkeep
