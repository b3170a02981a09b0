#include "resource/check.h"

#include <algorithm>
#include <optional>
#include <variant>

#include "present/overview.h"
#include "resource/judge.h"
#include "resource/request.h"

namespace upkeep {

namespace {

std::vector<OpenFinding> open_findings(const Report& report) {
    std::vector<OpenFinding> open;
    open.reserve(report.findings.size());
    for (const Finding& finding : report.findings) {
        open.push_back({finding.id, finding.subject, finding.recurs});
    }
    return open;
}

// Something that the version handed in does not name cannot be judged now (a list that is empty for
// once): what it hides is not gone. Once it is named, it is how things are.
bool newly_undecided(const Report& report, const std::optional<VersionFields>& version) {
    if (!version) {
        return false;
    }
    const auto parsed = parse_version(*version);
    const OpenSet& named = std::get<Version>(parsed).open;
    return std::any_of(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
        return finding.undecided && !named.names(short_id(finding.id));
    });
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
    if (request.version) {
        const auto parsed = parse_version(*request.version);
        if (const auto* why = std::get_if<std::string>(&parsed)) {
            answer.notice =
                "the version handed in cannot be read (" + *why + "): a new history begins\n";
            request.version.reset();
        }
    }
    const Source& source = request.source;
    const Moment now = world.clock.now();
    const Report report = judge(source.looker->look(world), *source.kind, source.keys, now);
    for (const Coverage* part : present::failures(report)) {
        answer.notice += "not looked at: " + part->failure + "\n";
    }
    const bool complete = report.complete() && !newly_undecided(report, request.version);
    answer.versions = to_json(next_versions(request.version, open_findings(report), complete,
                                            source.keys.version, day_of(now)));
    return answer;
}

}  // namespace upkeep
