#include "tests/version_model/concourse.h"

#include <algorithm>
#include <utility>

namespace version_model {

VersionId Registry::id_of(const VersionFields& fields) {
    const auto [place, is_new] = ids_.emplace(fields, by_id_.size());
    if (is_new) {
        by_id_.push_back(&place->first);
    }
    return place->second;
}

std::optional<VersionId> History::latest() const {
    const auto last =
        std::max_element(order.begin(), order.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return last == order.end() ? std::nullopt : std::optional(last->first);
}

Concourse::Concourse(bool global_resources, std::vector<Job> jobs)
    : global_resources_(global_resources), jobs_(std::move(jobs)) {
    point_to("the first source");
}

void Concourse::point_to(const std::string& source_and_image) {
    if (source_ == source_and_image) {
        return;
    }
    if (!global_resources_) {
        histories_.clear();
    }
    source_ = source_and_image;
    const auto [history, is_new] = histories_.try_emplace(source_);
    if (is_new) {
        history->second.serial = histories_begun_++;
    }
    request_schedule();
}

std::optional<VersionId> Concourse::version_for_check() const {
    return pinned_ ? pinned_ : history().latest();
}

bool Concourse::save(const std::vector<VersionFields>& answer) {
    History& history = histories_.at(source_);
    bool any_new = false;
    for (const VersionFields& fields : answer) {
        const VersionId id = versions.id_of(fields);
        any_new = history.saved_at.try_emplace(id, now).second || any_new;
    }
    if (!any_new) {
        return false;
    }
    std::size_t highest = 0;
    for (const auto& [id, order] : history.order) {
        highest = std::max(highest, order);
    }
    for (const VersionFields& fields : answer) {
        history.order[versions.id_of(fields)] = ++highest;
    }
    request_schedule();
    return true;
}

void Concourse::pin(VersionId id) {
    pinned_ = id;
    request_schedule();
}

void Concourse::unpin() {
    pinned_.reset();
    request_schedule();
}

void Concourse::disable(VersionId id) {
    disabled_.insert(id);
    request_schedule();
}

void Concourse::enable(VersionId id) {
    disabled_.erase(id);
    request_schedule();
}

void Concourse::clear_versions() {
    History& history = histories_.at(source_);
    history = History{};
    history.serial = histories_begun_++;
}

void Concourse::pause(std::size_t job, bool paused) {
    jobs_.at(job).paused = paused;
    jobs_.at(job).to_be_scheduled = true;
}

void Concourse::finish(std::size_t job) {
    jobs_.at(job).running = false;
}

void Concourse::request_schedule() {
    for (Job& job : jobs_) {
        job.to_be_scheduled = true;
    }
}

void Concourse::schedule() {
    for (std::size_t index = 0; index < jobs_.size(); ++index) {
        while (jobs_[index].to_be_scheduled && !jobs_[index].paused) {
            jobs_[index].to_be_scheduled = false;
            schedule(index);
            if (jobs_[index].pending) {
                // No version, or the build before it still runs: Concourse tries again later.
                jobs_[index].to_be_scheduled = true;
                break;
            }
        }
    }
}

void Concourse::schedule(std::size_t index) {
    Job& job = jobs_[index];
    const std::optional<Choice> choice = resolve(job);
    if (!choice) {
        return;
    }
    if (!job.used.contains(choice->version)) {
        job.pending = true;  // at most one
    }
    if (job.pending && !(job.serial && job.running)) {
        job.pending = false;
        job.running = true;
        start(index, choice->version);
    }
    job.to_be_scheduled = choice->more;
}

std::optional<Concourse::Choice> Concourse::resolve(const Job& job) const {
    if (pinned_) {
        return pinned_version();
    }
    return job.every ? next_of_every(job) : latest_enabled();
}

// A pin matches a version that has at least its fields.
std::optional<Concourse::Choice> Concourse::pinned_version() const {
    const VersionFields& wanted = versions.fields(*pinned_);
    for (const auto& [id, order] : history().order) {
        const VersionFields& fields = versions.fields(id);
        if (std::includes(fields.begin(), fields.end(), wanted.begin(), wanted.end())) {
            return Choice{id, false};
        }
    }
    return std::nullopt;
}

std::optional<Concourse::Choice> Concourse::latest_enabled() const {
    std::optional<VersionId> latest;
    for (const auto& [id, order] : history().order) {
        if (!disabled(id) && (!latest || order > history().order.at(*latest))) {
            latest = id;
        }
    }
    return latest ? std::optional(Choice{*latest, false}) : std::nullopt;
}

// What follows the latest version that the job has used; at the start the latest of all; where
// nothing follows, the latest again.
std::optional<Concourse::Choice> Concourse::next_of_every(const Job& job) const {
    std::size_t used = 0;
    for (const auto& [id, order] : history().order) {
        if (job.used.contains(id)) {
            used = std::max(used, order);
        }
    }
    std::map<std::size_t, VersionId> later;
    for (const auto& [id, order] : history().order) {
        if (used > 0 && order > used && !disabled(id)) {
            later.emplace(order, id);
        }
    }
    return later.empty() ? latest_enabled()
                         : std::optional(Choice{later.begin()->second, later.size() > 1});
}

void Concourse::start(std::size_t index, VersionId version) {
    Job& job = jobs_[index];
    const bool first_use =
        job.used.try_emplace(version, Use{history().serial, now, pinned_.has_value()}).second;
    builds_.push_back({index, version, first_use});
}

}  // namespace version_model
