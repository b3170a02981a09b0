// The stemcells that were published, by line.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/moment.h"
#include "core/semi_semantic.h"

namespace upkeep::bosh {

// What exists of one version. Both may be false: a light stemcell for China counts as neither.
struct PublishedStemcell {
    SemiSemanticVersion version;
    bool regular = false;
    bool light = false;
    std::optional<Moment> published;  // only the indexes know it
};

// Newest first, by semi-semantic order; without doubles.
using PublishedLine = std::vector<PublishedStemcell>;
// By the exact stemcell name.
using PublishedLines = std::map<std::string, PublishedLine, std::less<>>;

// bosh.io's answer to GET /api/v1/stemcells/NAME?all=1, or several such lists in one file (one list
// with several names, or an object of lists by name):
//   [{"name": "bosh-aws-xen-hvm-ubuntu-noble", "version": "1.11", "regular": {...}, "light":
//   {...}}]
// An empty list is an empty result, not a failure.
// Throws Failure("reading the published stemcells from <place>", ...) for anything else, saying
// what it looks like instead (an HTML page, a list of releases, ...) or naming the entry that is
// wrong.
PublishedLines parse_published(std::string_view text, const std::string& place);

// Sorts each line newest first and joins what has equal versions: regular, light if one of them is,
// and the earliest date.
void arrange(PublishedLines& lines);

}  // namespace upkeep::bosh
