#include "cmd/group_options.h"

#include "cmd/command_line.h"

namespace upkeep {

void add_concourse_options(CLI::App& app, throttle::GroupOptions& options) {
    app.add_option(
           "--throttle", options.file,
           "the source of the throttle, as in a pipeline, YAML or JSON; - is standard input")
        ->type_name("FILE");
    app.add_option("--freeze", options.freeze, "the job that freezes while it is paused")
        ->type_name("TEAM/PIPELINE/JOB");
    app.add_option("--concourse", options.concourse,
                   "the URL; default: CONCOURSE_URL, ATC_EXTERNAL_URL. As whom: CONCOURSE_USERNAME "
                   "and CONCOURSE_PASSWORD, or CONCOURSE_TOKEN")
        ->type_name("URL");
    app.add_option("--target", options.target, "fly's own sign-in, of ~/.flyrc")->type_name("NAME");
}

void add_group_options(CLI::App& app, throttle::GroupOptions& options) {
    add_concourse_options(app, options);
    app.add_option("--jobs", options.jobs,
                   "which jobs count: main/*/deploy-*, main/cf[env=staging]/*; ! excludes; "
                   "instead of the file's")
        ->type_name("PATTERN,...");
    add_number(app, "--limit", options.limit, 0, throttle::largest_limit,
               "so many at once; instead of the file's");
    app.add_option("--longest-build", options.longest_build,
                   "how far back running builds are looked for (default 7d)")
        ->type_name("TIME");
}

}  // namespace upkeep
