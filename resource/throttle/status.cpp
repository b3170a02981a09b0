#include "resource/throttle/status.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"
#include "net/parallel.h"
#include "resource/throttle/group.h"
#include "resource/throttle/line.h"
#include "resource/throttle/throttle.h"

namespace upkeep::throttle {

namespace {

constexpr std::size_t asked_at_once = 8;

std::chrono::seconds age(const Status& status, const Status::Entry& entry) {
    // Two clocks: the database's may be ahead.
    return std::max(std::chrono::seconds(0),
                    status.at - Moment(std::chrono::seconds(*entry.build.started)));
}

using Row = std::array<std::string, 5>;

std::string aligned(const std::vector<Row>& rows) {
    std::array<std::size_t, 5> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths.at(i) = std::max(widths.at(i), display_width(row.at(i)));
        }
    }
    std::string text;
    for (const Row& row : rows) {
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            text += row.at(i) + std::string(widths.at(i) - display_width(row.at(i)) + 2, ' ');
        }
        text += row.back() + "\n";
    }
    return text;
}

void require_a_job(atc::Concourse& concourse, const atc::JobPatterns& jobs) {
    const auto all = concourse.jobs();
    if (std::none_of(all.begin(), all.end(),
                     [&](const atc::Job& job) { return jobs.matches(job.ref); })) {
        throw no_such_jobs(concourse, jobs);
    }
}

}  // namespace

Status read_status(atc::Concourse& concourse, const Group& group, std::optional<std::int64_t> limit,
                   Moment now) {
    require_roles(concourse, group.jobs);
    auto running = read_running_now(concourse, group, now);
    Status status{now, group.jobs, limit, group.freeze, std::nullopt, {}};
    std::vector<atc::Build> builds = by_rank(std::move(running));
    const auto let_by = parallel(builds, asked_at_once, [&](const atc::Build& build) {
        return concourse.has_put(build.id, {{version_field, std::to_string(build.id)}});
    });
    for (std::size_t i = 0; i < builds.size(); ++i) {
        const bool is_beyond = limit && static_cast<std::int64_t>(i) >= *limit;
        std::string url = concourse.url_of(builds[i]);
        status.entries.push_back({std::move(builds[i]), std::move(url),
                                  let_by[i]   ? "holds"
                                  : is_beyond ? "waits"
                                              : "runs"});
    }
    if (status.entries.empty()) {
        require_a_job(concourse, group.jobs);
    }
    if (group.freeze) {
        status.frozen = frozen(concourse, *group.freeze);
    }
    return status;
}

std::string status_table(const Status& status) {
    std::vector<Row> rows;
    for (const Status::Entry& entry : status.entries) {
        if (rows.empty()) {
            rows.push_back({"PLACE", "STATE", "BUILD", "RUNS FOR", "URL"});
        }
        rows.push_back({std::to_string(rows.size()), std::string(entry.state), entry.build.text(),
                        text_of_length(age(status, entry)), printable(entry.url)});
    }
    std::string text = status.frozen ? "frozen: " + printable(status.frozen->text()) + "\n" : "";
    text += aligned(rows);
    return text + counted(status.entries.size(), "build", "builds") + " of " +
           printable(status.jobs.text()) + (status.entries.size() == 1 ? " runs" : " run") +
           (status.limit ? ", limit " + std::to_string(*status.limit) : "") +
           (status.freeze && !status.frozen ? ", not frozen" : "") + "\n";
}

json::value status_json(const Status& status) {
    json::array builds;
    for (const Status::Entry& entry : status.entries) {
        builds.push_back(
            {{"id", entry.build.id},
             {"job", atc::to_text(entry.build.job)},
             {"name", entry.build.name},
             {"state", entry.state},
             {"started_at", to_text(Moment(std::chrono::seconds(*entry.build.started)))},
             {"url", entry.url}});
    }
    json::value frozen;
    if (status.frozen) {
        const atc::Pause& pause = status.frozen->pause;
        frozen = {
            {"job", atc::to_text(status.frozen->job)},
            {"paused", status.frozen->by_pipeline ? "pipeline" : "job"},
            {"by", pause.by},
            {"since", pause.since ? json::value(to_text(Moment(std::chrono::seconds(*pause.since))))
                                  : json::value()}};
    }
    const std::vector<std::string> patterns = status.jobs.texts();
    return {{"at", to_text(status.at)},
            {"jobs", json::array(patterns.begin(), patterns.end())},
            {"limit", status.limit ? json::value(*status.limit) : json::value()},
            {"freeze", status.freeze ? json::value(atc::to_text(*status.freeze)) : json::value()},
            {"frozen", std::move(frozen)},
            {"builds", std::move(builds)}};
}

}  // namespace upkeep::throttle
