#include "resource/rollout/dry_run.h"

#include "atc/operator_role.h"
#include "core/text.h"
#include "net/parallel.h"
#include "resource/rollout/first_look.h"
#include "resource/throttle/freeze.h"
#include "resource/throttle/group.h"

namespace upkeep::rollout {

namespace {

std::string note_on(const FirstLook& look) {
    if (look.going) {
        return "#" + look.going->name + " " + std::string(to_text(look.going->status)) +
               " already: it would be followed";
    }
    return look.why_not_triggered();
}

std::string missing_roles(const std::vector<Stage>& plan, atc::Concourse& concourse) {
    std::string text;
    for (const std::string& team : teams_of(plan)) {
        try {
            atc::require_operator(concourse, team, "triggering jobs of the team " + team);
        } catch (const atc::Refused& refused) {
            text += "nothing could be triggered: " + printable(refused.why()) + "\n";
        }
    }
    return text;
}

}  // namespace

std::string dry_run(const std::vector<Stage>& plan, const Settings& settings,
                    atc::Concourse& concourse, Moment now) {
    const auto running = throttle::read_running_now(concourse, settings.group, now);
    std::string text;
    for (const Stage& stage : plan) {
        if (!stage.name.empty()) {
            text += printable(stage.name) + ":\n";
        }
        const auto notes = parallel(stage.jobs, looks_at_once, [&](const atc::JobRef& job) {
            return note_on(first_look(concourse, job, running));
        });
        for (std::size_t i = 0; i < notes.size(); ++i) {
            text += "  " + atc::shown(stage.jobs[i]) +
                    (notes[i].empty() ? "" : "  (" + printable(notes[i]) + ")") + "\n";
        }
    }
    text += "at most " + std::to_string(settings.limit) + " at once of " +
            printable(settings.group.jobs.text()) + "\n";
    const auto frozen =
        settings.group.freeze ? throttle::frozen(concourse, *settings.group.freeze) : std::nullopt;
    text += frozen ? "frozen, nothing would be triggered: " + printable(frozen->text()) + "\n" : "";
    return text + missing_roles(plan, concourse);
}

}  // namespace upkeep::rollout
