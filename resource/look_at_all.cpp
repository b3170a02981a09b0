#include "resource/look_at_all.h"

#include <utility>

#include "core/failure.h"
#include "core/text.h"
#include "net/parallel.h"
#include "resource/judge.h"

namespace upkeep {

namespace {

constexpr std::size_t sources_at_once = 8;

struct Answer {
    Report report;
    std::string failure;
};

Answer look_at(const NamedSource& named, World& world) {
    const Source& source = named.source;
    const Moment now = world.clock.now();
    try {
        return {judge(source.looker->look(world), *source.kind, source.keys, now), ""};
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        Coverage part;
        part.environment = source.keys.environment;
        part.kind = source.kind->name;
        part.what = "everything";
        part.place = named.name;
        part.failure = failure.what();
        Answer answer{{}, failure.what()};
        answer.report.looked_at = now;
        answer.report.coverage.push_back(std::move(part));
        return answer;
    }
}

}  // namespace

LookedAtAll look_at_all(const std::vector<NamedSource>& sources, World& world) {
    std::vector<Answer> answers =
        parallel(sources, sources_at_once,
                 [&](const NamedSource& source) { return look_at(source, world); });
    LookedAtAll all;
    for (Answer& answer : answers) {
        if (!answer.failure.empty()) {
            all.failures.push_back(answer.failure);
        }
        merge(all.report, std::move(answer.report));
    }
    if (all.failures.size() == sources.size()) {
        std::string text;
        for (std::size_t i = 1; i < all.failures.size(); ++i) {
            text += "\n" + all.failures[i];
        }
        throw Failure(
            sources.size() == 1
                ? "nothing was looked at"
                : "none of " + counted(sources.size(), "source", "sources") + " could be looked at",
            all.failures.front() + text);
    }
    return all;
}

}  // namespace upkeep
