#include "resource/in.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "core/failure.h"
#include "core/text.h"
#include "present/document.h"
#include "present/overview.h"
#include "resource/answer.h"
#include "resource/judge.h"
#include "resource/request.h"
#include "resource/snapshot.h"

namespace upkeep {

namespace {

enum class LookParam { try_it, never, must };

LookParam read_params(const json::object& params) {
    return read_strictly(params, "params", [](Fields& fields) {
        return static_cast<LookParam>(fields.choice("look", {"try", "never", "must"}).value_or(0));
    });
}

OpenSet read_open(const std::optional<VersionFields>& version) {
    const std::string doing = "reading the version to get";
    const std::string advice = "A version of this resource has `open`, as `check` makes it.";
    if (!version) {
        throw Failure(doing, "there is none", advice);
    }
    const auto open = version->find("open");
    if (open == version->end()) {
        throw Failure(doing, "it has no `open`", advice);
    }
    auto parsed = parse_open(open->second);
    if (const auto* why = std::get_if<std::string>(&parsed)) {
        throw Failure(doing, *why, advice);
    }
    return std::get<OpenSet>(std::move(parsed));
}

std::string field(const VersionFields& version, const std::string& name) {
    const auto found = version.find(name);
    return found == version.end() ? "" : found->second;
}

// Leaves in the report what the version names, and says what became of the rest.
void keep_named(Report& report, const OpenSet& open) {
    const bool everything = !open.digest.empty();
    if (everything) {
        report.notices.emplace_back(
            "the version names more findings than it can list: all that are "
            "open now are kept");
        return;
    }
    std::set<std::string_view> still_open;
    const auto unnamed =
        std::remove_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
            return !finding.undecided && !open.names(short_id(finding.id));
        });
    const auto newer = static_cast<std::size_t>(report.findings.end() - unnamed);
    report.findings.erase(unnamed, report.findings.end());
    for (const Finding& finding : report.findings) {
        still_open.insert(short_id(finding.id));
    }
    for (const Finding* finding : held_and_named(report, open)) {
        still_open.insert(short_id(finding->id));
    }
    std::vector<std::string> gone;
    for (const std::string& id : open.ids) {
        if (still_open.find(id) == still_open.end()) {
            gone.push_back(id);
        }
    }
    if (newer > 0) {
        report.newer = newer;
        report.notices.push_back(counted(newer, "newer finding is", "newer findings are") +
                                 " open, which this version does not name: see the next one");
    }
    if (may_call_gone(report, open)) {
        report.resolved = std::move(gone);
    } else if (!gone.empty()) {
        report.notices.push_back(counted(gone.size(), "finding", "findings") +
                                 " of the version not seen now, but not everything could be "
                                 "judged");
    }
}

std::string on_one_line(const std::string& text) {
    std::string line;
    for (const std::string& part : present::lines_of(text)) {
        line += (line.empty() ? "" : " ") + printable(part);
    }
    return line;
}

// With `each`, the finding that the version is about; null when it is gone. None where nobody can
// tell.
std::optional<File> finding_file(const Report& report, const OpenSet& open, const std::string& id) {
    for (const auto* const findings : {&report.findings, &report.held}) {
        for (const Finding& finding : *findings) {
            if (short_id(finding.id) == id) {
                return File{"finding.json", present::json_text(present::to_json(finding))};
            }
        }
    }
    return may_call_gone(report, open) ? std::optional(File{"finding.json", "null\n"})
                                       : std::nullopt;
}

InAnswer looked(const Request& request, const Report& report, const OpenSet& open,
                const std::string& folder, const World& world) {
    std::vector<File> files = snapshot_files(report, {request.source.kind});
    if (const std::string id = field(*request.version, "finding"); !id.empty()) {
        if (auto file = finding_file(report, open, id)) {
            files.push_back(std::move(*file));
        }
    }
    write_files(folder, files, world.stop);
    std::string jobs;
    for (const std::string& job : present::jobs(report)) {
        jobs += (jobs.empty() ? "" : " ") + printable(job);
    }
    const std::vector<Detail> metadata{{"kind", std::string(request.source.kind->name)},
                                       {"environment", printable(request.source.keys.environment)},
                                       {"looked", "true"},
                                       {"looked_at", to_text(report.looked_at)},
                                       {"count", std::to_string(report.findings.size())},
                                       {"summary", present::summary_line(report)},
                                       {"resolved", std::to_string(report.resolved.size())},
                                       {"jobs", jobs},
                                       {"reason", ""}};
    return {answer_line(*request.version, metadata), ""};
}

InAnswer not_looked(const Request& request, const std::string& reason, const std::string& folder,
                    const World& world) {
    const VersionFields& version = *request.version;
    present::NotLooked shown;
    shown.tried_at = world.clock.now();
    shown.environment = request.source.keys.environment;
    shown.kind = request.source.kind->name;
    shown.reason = reason;
    shown.summary = printable(field(version, "summary"));
    // The version's own count: by hand it may be anything, the ids are what counts.
    const auto parsed = parse_version(version);
    const auto* readable = std::get_if<Version>(&parsed);
    shown.count = readable == nullptr ? read_open(request.version).ids.size() : readable->count;
    if (shown.summary.empty()) {  // as `fly check-resource --from open:...` made it
        shown.summary = shown.count == 0 ? "nothing open" : std::to_string(shown.count) + " open";
    }
    write_files(folder, unlooked_files(shown), world.stop);
    const std::vector<Detail> metadata{{"kind", shown.kind},
                                       {"environment", printable(shown.environment)},
                                       {"looked", "false"},
                                       {"looked_at", ""},
                                       {"count", std::to_string(shown.count)},
                                       {"summary", shown.summary},
                                       {"resolved", ""},
                                       {"jobs", ""},
                                       {"reason", on_one_line(reason)}};
    return {answer_line(version, metadata), "not looked: " + reason + "\n"};
}

// After a put comes a get of its version, which says all that there is.
InAnswer acted(const Request& request) {
    if (!request.version) {
        throw Failure("reading the version to get", "there is none",
                      "This kind is for put; without a get behind it, by no_get: true.");
    }
    return {answer_line(*request.version, {}), ""};
}

}  // namespace

InAnswer in(std::string_view text, const std::string& folder, World& world) {
    const Request request = read_request(text);
    if (request.actor) {
        return acted(request);
    }
    const OpenSet open = read_open(request.version);
    const LookParam look = read_params(request.params);
    if (look == LookParam::never) {
        return not_looked(request, "params has look: never", folder, world);
    }
    const Source& source = request.source;
    std::optional<Report> report;
    try {
        report = judge(source.looker->look(world), *source.kind, source.keys, world.clock.now(),
                       world.stop);
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        if (look == LookParam::must) {
            throw;
        }
        return not_looked(request, failure.what(), folder, world);
    }
    keep_named(*report, open);
    return looked(request, *report, open, folder, world);
}

}  // namespace upkeep
