#include "resource/rollout/dry_run.h"

#include "core/text.h"
#include "net/parallel.h"
#include "resource/rollout/first_look.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/group.h"

namespace upkeep::rollout {

namespace {

constexpr std::size_t longest_group = 200;  // columns

std::string note_on(const FirstLook& look) {
    if (look.going) {
        const std::string waits = look.why_it_waits();
        return "#" + look.going->name + " " + std::string(to_text(look.going->status)) +
               (waits.empty() ? " already: it would be followed" : " already, and " + waits);
    }
    return look.why_not_triggered();
}

}  // namespace

DryRun dry_run(const std::vector<Stage>& plan, const Settings& settings, atc::Concourse& concourse,
               Moment now) {
    const auto running = throttle::read_running_now(concourse, settings.group, now);
    DryRun dry;
    std::string& text = dry.text;
    for (const Stage& stage : plan) {
        if (!stage.name.empty()) {
            text += printable(stage.name) + ":\n";
        }
        const auto looks = parallel(stage.jobs, looks_at_once, [&](const atc::JobRef& job) {
            return first_look(concourse, job, running);
        });
        for (std::size_t i = 0; i < looks.size(); ++i) {
            const std::string note = note_on(looks[i]);
            text += "  " + atc::shown(stage.jobs[i]) +
                    (note.empty() ? "" : "  (" + printable(note) + ")") + "\n";
            if (looks[i].going ? !looks[i].why_it_waits().empty() : !note.empty()) {
                ++dry.in_the_way;
            }
        }
    }
    text += "at most " + std::to_string(settings.limit) + " at once of " +
            shortened(printable(settings.group.jobs.text()), longest_group) + "\n";
    const auto frozen =
        settings.group.freeze ? throttle::frozen(concourse, *settings.group.freeze) : std::nullopt;
    text += frozen ? "frozen, nothing would be triggered: " + printable(frozen->text()) + "\n" : "";
    return dry;
}

}  // namespace upkeep::rollout
