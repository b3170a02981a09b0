// What Concourse hands in on standard input: {source, version?, params?}.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"
#include "core/version.h"
#include "resource/resource.h"
#include "system/stop.h"

namespace upkeep {

// The source of a kind that looks: which, its keys of every such kind, and how to look.
struct Source {
    const Kind* kind = nullptr;
    LookingKeys keys;
    std::shared_ptr<Looker> looker;
};

// Throws Failure with the path of the key that is wrong, and for a kind that acts; paths begin with
// `path` ("source").
Source read_source(const json::object& object, const std::string& path);

struct Request {
    Source source;                 // where it is of a kind that looks
    std::unique_ptr<Actor> actor;  // where it is of a kind that acts, else null
    std::optional<VersionFields> version;
    json::object params;
};

// What is on standard input. Throws Failure, Stopped.
std::string read_request_text(const Stop& stop);

// Throws Failure for what is no request. Keys besides source, version and params are passed over:
// they are Concourse's to add. A version that is no flat map of texts is refused.
Request read_request(std::string_view text);

}  // namespace upkeep
