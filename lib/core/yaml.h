// YAML as Concourse reads it: YAML 1.1 turned into JSON.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"

namespace upkeep {

// Plain yes, no, on, off, y, n, true and false become truth values, plain numbers numbers, dates
// stay texts; aliases and merge keys (<<) are followed. JSON is YAML too. Throws Failure(doing, why
// with the line) for what is no YAML, more than one document, a key given twice, a key that is no
// scalar, nesting beyond limits::depth, more than limits::yaml_nodes nodes.
json::value parse_yaml(std::string_view text, const std::string& doing);

}  // namespace upkeep
