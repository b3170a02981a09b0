// What a kind of resource is: one that looks, or one that acts. kinds.cpp has the one table of
// each; each kind has a folder of its own.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "core/json.h"
#include "core/report.h"
#include "core/version.h"
#include "resource/looking_keys.h"
#include "resource/world.h"
#include "system/files.h"

namespace upkeep {

// What a look saw, before `ignore`, `jobs` and `minimum_severity`. A part that could not be looked
// at is both a finding that recurs and a coverage with its failure; a look that fails as a whole
// throws.
struct Look {
    std::vector<Finding> findings;   // kind, environment and job are filled in from the source
    std::vector<Finding> held;       // not to be reported yet, because it is being mended now
    std::vector<Coverage> coverage;  // kind and environment too
    std::vector<std::string> notices;
};

// A source that has been read, ready to look: as often as wanted, from one thread at a time.
class Looker {
  public:
    Looker() = default;
    Looker(const Looker&) = delete;
    Looker& operator=(const Looker&) = delete;
    virtual ~Looker() = default;

    virtual Look look(World& world) const = 0;
};

// An option of the kind's command, which stands for a key of its source.
struct CommandOption {
    std::string_view name;   // "--deployments"
    std::string_view key;    // "deployments_file"
    std::string_view value;  // what it takes, for the help: "FILE"
    std::string_view help;
    bool is_list = false;               // may be given several times, and is a list in the source
    bool takes_standard_input = false;  // a file, and "-" (or /dev/stdin) is standard input
};

struct NameByHand {
    std::string_view path;  // in the source
    std::string_view name;  // by which a person gave it
};

struct Kind {
    std::string_view name;     // as in `kind:`
    std::string_view command;  // as in `upkeep COMMAND`
    std::string_view help;
    std::string_view
        subject;  // what a subject is, and the placeholder in `jobs` for it: "deployment"
    std::span<const std::string_view> rules;  // that its findings can have
    std::span<const CommandOption> options;

    // Reads the kind's own keys of a source. Throws Failure with the key's path.
    std::unique_ptr<Looker> (*read)(Fields& source, const EndpointDefaults& endpoints,
                                    const LookingKeys& keys);
    // Adds to the source that a command's options make what the environment of a person says, where
    // they leave it open. Returns what to say where the source then cannot be looked at, or
    // nothing.
    std::string (*complete)(json::object& source, World& world);
    // What the keys that it adds are called in that environment: "director.client", "BOSH_CLIENT".
    std::span<const NameByHand> names_by_hand;
    // What `in` writes besides the files of every kind.
    std::vector<File> (*files)(const Report& report);
};

// What `put` answers; both are shown to everybody who may see the pipeline.
struct PutAnswer {
    VersionFields version;
    std::vector<Detail> metadata;
};

// A source that has been read, ready to act.
class Actor {
  public:
    Actor() = default;
    Actor(const Actor&) = delete;
    Actor& operator=(const Actor&) = delete;
    virtual ~Actor() = default;

    // May take hours. A step may run again under the same build, so it is safe to repeat.
    virtual PutAnswer put(const json::object& params, World& world) const = 0;
};

// A kind that acts: `check` finds nothing, `get` answers with the version that it is given.
struct ActingKind {
    std::string_view name;  // as in `kind:`
    std::unique_ptr<Actor> (*read)(Fields& source, const EndpointDefaults& endpoints);
};

std::span<const Kind> kinds();
std::span<const ActingKind> acting_kinds();

}  // namespace upkeep
