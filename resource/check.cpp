#include "resource/check.h"

#include <optional>
#include <variant>

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
    answer.versions = to_json(next_versions(request.version, open_findings(report),
                                            report.complete(), source.keys.version, day_of(now)));
    return answer;
}

}  // namespace upkeep
