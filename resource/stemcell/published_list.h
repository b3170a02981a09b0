// Where the published versions come from: bosh.io or a mirror, a file, a folder.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "net/endpoint.h"
#include "resource/stemcell/drift.h"
#include "resource/world.h"

namespace upkeep::stemcell {

// `published` of a source: an endpoint, or the path of a file or folder.
using PublishedPlace = std::variant<Endpoint, std::string>;

PublishedPlace read_published_place(Fields& source, const EndpointDefaults& defaults);

struct LineFailure {
    std::string reason;
    std::string advice;
};

struct LineAnswer {
    KnownLine known;
    std::optional<LineFailure> failure;  // why it could not be looked at
};

// For each line, all its versions: one request a line, some at once; a file is read once; of a
// folder NAME.json for each line, or the meta4 files of an index. What fails for one line is in its
// answer. Throws Stopped.
std::map<std::string, LineAnswer> published_lines(const PublishedPlace& place,
                                                  const std::vector<std::string>& lines,
                                                  World& world);

}  // namespace upkeep::stemcell
