#include "resource/look_at_all.h"

#include <optional>
#include <string>
#include <utility>

#include "core/failure.h"
#include "net/parallel.h"
#include "net/shared_gets.h"
#include "resource/judge.h"

namespace upkeep {

namespace {

constexpr std::size_t sources_at_once = 8;

struct Answer {
    Report report;
    std::optional<Failure> failure;
};

Answer failed(const NamedSource& named, Moment now, const Failure& failure) {
    Coverage part;
    part.environment = named.source.keys.environment;
    part.kind = named.source.kind->name;
    part.items = {"everything", "everything"};
    part.place = named.name;
    part.failure = failure.what();
    Answer answer;
    answer.report.looked_at = now;
    answer.report.coverage.push_back(std::move(part));
    answer.failure = failure;
    return answer;
}

Answer look_at(const NamedSource& named, World& world) {
    const Source& source = named.source;
    const Moment now = world.clock.now();
    try {
        return {judge(source.looker->look(world), *source.kind, source.keys, now, world.stop),
                std::nullopt};
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        const std::string advice =
            named.hint.empty() ? failure.advice() : named.hint + "\n" + failure.advice();
        return failed(named, now, {failure.doing(), failure.why(), advice});
    }
}

}  // namespace

LookedAtAll look_at_all(const std::vector<NamedSource>& sources, World& world) {
    SharedGets http(world.http);
    World shared{http, world.environment, world.clock, world.stop, world.standard_input};
    std::vector<Answer> answers =
        parallel(sources, sources_at_once,
                 [&](const NamedSource& source) { return look_at(source, shared); });
    LookedAtAll all;
    std::string reasons;
    std::size_t failures = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].failure) {
            ++failures;
            reasons += "\n" + sources[i].name + ": " + answers[i].failure->what();
        }
        merge(all.report, std::move(answers[i].report));
    }
    if (failures == 1 && sources.size() == 1) {
        throw Failure(*answers.front().failure);
    }
    if (failures == sources.size()) {
        throw Failure("none of " + std::to_string(failures) + " sources could be looked at",
                      reasons);
    }
    all.source_failed = failures > 0;
    return all;
}

}  // namespace upkeep
