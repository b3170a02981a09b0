#include "resource/check.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "present/overview.h"
#include "resource/judge.h"
#include "resource/request.h"

namespace upkeep {

namespace {

// What the version handed in names, if it can be read; else why not, in `notice`.
std::optional<OpenSet> read_named(std::optional<VersionFields>& version, std::string& notice) {
    if (!version) {
        return std::nullopt;
    }
    const auto parsed = parse_version(*version);
    if (const auto* why = std::get_if<std::string>(&parsed)) {
        notice = "the version handed in cannot be read (" + *why + "): a new history begins\n";
        version.reset();
        return std::nullopt;
    }
    return std::get<Version>(parsed).open;
}

std::vector<OpenFinding> open_findings(const Report& report, const OpenSet& named) {
    std::vector<OpenFinding> open;
    open.reserve(report.findings.size());
    const auto add = [&](const Finding& finding) {
        open.push_back({finding.id, finding.subject, finding.recurs});
    };
    std::for_each(report.findings.begin(), report.findings.end(), add);
    for (const Finding* finding : held_and_named(report, named)) {
        add(*finding);
    }
    return open;
}

std::string to_json(const std::vector<VersionFields>& versions) {
    json::array list;
    for (const VersionFields& version : versions) {
        json::object object;
        for (const auto& [name, value] : version) {
            object.emplace(name, value);
        }
        list.push_back(std::move(object));
    }
    return to_line(list) + "\n";
}

}  // namespace

CheckAnswer check(std::string_view text, World& world) {
    Request request = read_request(text);
    CheckAnswer answer;
    if (request.actor) {
        answer.versions = "[]\n";
        return answer;
    }
    const OpenSet named = read_named(request.version, answer.notice).value_or(OpenSet{});
    const Source& source = request.source;
    const Moment now = world.clock.now();
    const Report report =
        judge(source.looker->look(world), *source.kind, source.keys, now, world.stop);
    for (const Coverage* part : present::failures(report)) {
        answer.notice += "not looked at: " + part->failure + "\n" +
                         (part->advice.empty() ? "" : "  " + part->advice + "\n");
    }
    answer.versions =
        to_json(next_versions(request.version, open_findings(report, named),
                              may_call_gone(report, named), source.keys.version, day_of(now)));
    return answer;
}

}  // namespace upkeep
