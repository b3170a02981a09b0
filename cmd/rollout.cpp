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
#include "atc/operator_role.h"
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
#include "system/files.h"
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
    std::optional<std::int64_t> limit;
    std::int64_t max_failures = 1;
    bool dry_run = false;
    std::string help;
};

Options read_options(const Arguments& arguments) {
    Options options;
    CLI::App app(
        "Triggers jobs stage by stage, at most N at once, follows their builds, and stops "
        "triggering when one fails. Run again, it follows what still runs; with --source it leaves "
        "out what is done. Exit codes: 0 all is done, 1 something failed or is left, 2 it could "
        "not "
        "be begun.",
        self);
    app.add_option("--jobs", options.jobs,
                   "jobs to trigger: main/*/deploy-*, main/cf[env=staging]/*; ! excludes")
        ->type_name("PATTERN");
    app.add_option("--jobs-file", options.jobs_file,
                   "or those in a file `jobs` or `findings.json` of a look")
        ->type_name("FILE");
    app.add_option("--limit", options.limit,
                   "so many at once, those of others in the group included (the file's, or 3)")
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
    app.add_option(
           "--source", options.sources,
           "of a look: jobs that it does not find stale are done; it looks again after each "
           "build that succeeded, and a job that is green, but still stale, has failed")
        ->type_name("FILE");
    app.add_option("--group", options.group.jobs,
                   "jobs whose builds count against the limit: main/*/deploy-*; instead of the "
                   "file's, or of the jobs to trigger alone")
        ->type_name("PATTERN");
    app.add_option("--own-job", options.own_job,
                   "the job that runs this, which must not be in the group that it waits for")
        ->type_name("TEAM/PIPELINE/JOB");
    app.add_flag("--dry-run", options.dry_run, "show the plan, and trigger nothing");
    add_concourse_options(app, options.group);
    options.help = parse_command_line(app, arguments);
    if (options.help.empty() && options.jobs.empty() == options.jobs_file.empty()) {
        throw Failure(
            self,
            options.jobs.empty() ? "it is not said which jobs" : "it is said twice which jobs",
            "Give either --jobs or --jobs-file.");
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
        const atc::JobPatterns patterns(options.jobs);
        throttle::require_roles(concourse, patterns);
        return rollout::jobs_that_match(concourse, patterns);
    } catch (const std::invalid_argument& error) {
        throw Failure("--jobs", error.what());
    }
}

// The group that is given, or the jobs of the plan by themselves.
atc::JobPatterns group_jobs(const throttle::Group& given,
                            const std::vector<rollout::PlannedJob>& jobs) {
    if (!given.jobs.empty()) {
        return given.jobs;
    }
    std::set<std::string> known;
    std::vector<std::string> patterns;
    for (const rollout::PlannedJob& planned : jobs) {
        std::string pattern = atc::pattern_of(planned.job);
        if (known.insert(pattern).second) {
            patterns.push_back(std::move(pattern));
        }
    }
    return atc::JobPatterns(patterns);
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

// It would wait for itself.
void refuse_own_job(const Options& options, const atc::JobPatterns& group,
                    const std::vector<rollout::PlannedJob>& jobs) {
    if (options.own_job.empty()) {
        return;
    }
    try {
        const atc::JobRef own = atc::parse_job(options.own_job);
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

std::chrono::seconds pause_of(const Options& options) {
    if (options.pause_between.empty()) {
        return std::chrono::seconds(0);
    }
    const auto pause = parse_duration(options.pause_between);
    if (!pause) {
        throw Failure(
            self,
            "--pause-between is " + upkeep::quoted(options.pause_between) + ", no length of time",
            "A number and s, m, h or d: 10m.");
    }
    return *pause;
}

std::size_t limit_of(const Options& options, std::optional<std::int64_t> of_file) {
    const std::int64_t limit = options.limit ? *options.limit : of_file.value_or(usual_limit);
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

// What no source looks at would seem not to be stale.
void require_looks_at(const std::vector<NamedSource>& sources,
                      const std::vector<rollout::PlannedJob>& jobs) {
    std::set<std::string> environments;
    for (const NamedSource& named : sources) {
        environments.insert(named.source.keys.environment);
    }
    for (const rollout::PlannedJob& planned : jobs) {
        if (!environments.contains(planned.environment) && !environments.contains("") &&
            !planned.environment.empty()) {
            throw Failure("--source",
                          "none is of the environment " + upkeep::quoted(planned.environment) +
                              ", for which " + atc::shown(planned.job) + " is to run",
                          "Not knowing is not \"nothing to do\": give a source for each "
                          "environment, or none.");
        }
        if (std::none_of(sources.begin(), sources.end(), [&](const NamedSource& named) {
                return rollout::may_name(named.source, planned.job);
            })) {
            throw Failure("--source",
                          "the `jobs` of none can name " + atc::shown(planned.job) +
                              ", so that it would never seem stale",
                          "Not knowing is not \"nothing to do\": mend `jobs` in the source, give "
                          "the source that looks at it, or leave it out of the rollout.");
        }
    }
}

// Those of the plan that a look finds stale, or all where there is no source.
std::vector<rollout::PlannedJob> due_jobs(const Options& options, atc::Concourse& concourse,
                                          const std::vector<NamedSource>& sources, World& world) {
    auto jobs = planned_jobs(options, concourse, world);
    if (!sources.empty() && !jobs.empty()) {
        require_looks_at(sources, jobs);
        const auto stale = rollout::stale_jobs(look_at_all(sources, world).report);
        // Misspelt `jobs` of a source look like this, and so does a rollout of a part.
        const std::string others = rollout::stale_besides(jobs, stale);
        const auto current = rollout::take_current(jobs, stale);
        if (!others.empty()) {
            print_error("due, but not among the jobs of this rollout: " + printable(others) + "\n");
        }
        for (const std::string& name : current) {
            print_error(printable(name) + " is not stale: left out\n");
        }
    }
    return jobs;
}

// A name that is misspelt would let it into the group.
void require_own_job(const Options& options, atc::Concourse& concourse) {
    if (!options.own_job.empty() && !concourse.job(atc::parse_job(options.own_job))) {
        throw Failure("--own-job", "there is no job " + options.own_job,
                      "Which job runs this? It must not wait for itself.");
    }
}

// What would keep all of it from working is said before anything is triggered.
void require_all(atc::Concourse& concourse, const throttle::Group& group,
                 const std::vector<rollout::Stage>& plan) {
    throttle::require_roles(concourse, group.jobs);
    for (const std::string& team : rollout::teams_of(plan)) {
        atc::require_operator(concourse, team, "triggering jobs of the team " + team);
    }
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
            tools.look_again = [&] {
                const std::lock_guard lock(looking);
                return rollout::stale_jobs(look_at_all(sources, world).report);
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
    rollout::Settings settings{std::move(read.group), limit_of(options, read.limit),
                               static_cast<std::size_t>(options.max_failures), pause_of(options)};
    const Endpoint endpoint = throttle::concourse_of(settings.group.concourse, world.environment);
    atc::Concourse concourse(endpoint, world.http);
    const std::vector<NamedSource> sources = read_sources(options, world);
    const auto jobs = due_jobs(options, concourse, sources, world);
    const auto plan = rollout::in_stages(jobs, options.stages, options.until);
    if (plan.empty()) {
        print_answer("nothing to do\n", world.stop);
        return 0;
    }
    settings.group.jobs = group_jobs(settings.group, jobs);
    refuse_own_job(options, settings.group.jobs, jobs);
    require_own_job(options, concourse);
    if (options.dry_run) {
        print_answer(rollout::dry_run(plan, settings, concourse, world.clock.now()), world.stop);
        return 0;
    }
    require_all(concourse, settings.group, plan);
    return roll_out(plan, settings, concourse, sources, world);
}

}  // namespace upkeep
