// A small model of what Concourse does with the answers of one resource's check, after the code of
// concourse 8.2: atc/exec/check_step.go (what is handed in), atc/db/resource_config_scope.go
// (what is saved, and in which order), atc/db/resource_config.go (when a history begins and ends),
// atc/db/versions_db.go and atc/scheduler (which version a job gets, and when it is triggered).
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/version.h"

namespace version_model {

using upkeep::VersionFields;

// The same number for the same version, in every history: Concourse goes by the SHA-256.
using VersionId = std::size_t;

class Registry {
  public:
    VersionId id_of(const VersionFields& fields);
    const VersionFields& fields(VersionId id) const { return *by_id_.at(id); }
    std::size_t size() const { return by_id_.size(); }

  private:
    std::map<VersionFields, VersionId> ids_;
    std::vector<const VersionFields*> by_id_;
};

// The versions of one source with one image of the type ("scope" in Concourse).
struct History {
    std::size_t serial = 0;                     // which history this is; one that returns keeps it
    std::map<VersionId, std::size_t> order;     // check_order
    std::map<VersionId, std::size_t> saved_at;  // when it was first saved, by the model's clock

    std::optional<VersionId> latest() const;
};

struct Build {
    std::size_t job = 0;
    VersionId version = 0;
    bool first_use = false;  // the job had never had this version
};

struct Use {
    std::size_t history = 0;
    std::size_t at = 0;
    bool pinned = false;
};

// A job that gets the resource with `trigger: true`.
struct Job {
    bool every = false;   // version: every
    bool serial = false;  // serial: true
    bool paused = false;
    bool running = false;
    bool pending = false;
    bool to_be_scheduled = false;
    std::map<VersionId, Use> used;  // the first use of each version
};

class Concourse {
  public:
    // With global resources a source that returns finds its history again; by default it is gone.
    Concourse(bool global_resources, std::vector<Job> jobs);

    std::size_t now = 0;  // the model's clock, turned by the story

    // --- A check: its history begins before it runs, and stays empty where it fails.
    void point_to(const std::string& source_and_image);
    // What a periodic check is handed; a check by hand without --from gets latest() though pinned.
    std::optional<VersionId> version_for_check() const;
    // True when at least one was new.
    bool save(const std::vector<VersionFields>& answer);

    // --- What people do
    void pin(VersionId id);
    void unpin();
    void disable(VersionId id);
    void enable(VersionId id);
    void clear_versions();
    void pause(std::size_t job, bool paused);
    void finish(std::size_t job);

    // Runs until nothing more can be started.
    void schedule();

    Registry versions;
    const History& history() const { return histories_.at(source_); }
    const std::optional<VersionId>& pinned() const { return pinned_; }
    bool disabled(VersionId id) const { return disabled_.contains(id); }
    const std::vector<Job>& jobs() const { return jobs_; }
    const std::vector<Build>& builds() const { return builds_; }

  private:
    struct Choice {
        VersionId version = 0;
        bool more = false;  // a further version waits, with `version: every`
    };

    void request_schedule();
    void schedule(std::size_t index);
    std::optional<Choice> resolve(const Job& job) const;
    std::optional<Choice> pinned_version() const;
    std::optional<Choice> latest_enabled() const;
    std::optional<Choice> next_of_every(const Job& job) const;
    void start(std::size_t index, VersionId version);

    bool global_resources_;
    std::string source_;
    std::map<std::string, History> histories_;
    std::size_t histories_begun_ = 0;
    std::optional<VersionId> pinned_;
    std::set<VersionId> disabled_;
    std::vector<Job> jobs_;
    std::vector<Build> builds_;
};

}  // namespace version_model
