// Sources of the commands: from a file as in a pipeline, or from the command's own options.
#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "resource/resource.h"
#include "system/stop.h"

namespace upkeep {

// What messages call a source file: "-" is standard input.
std::string source_file_name(const std::string& path);

// The source in a file or on standard input, YAML or JSON. Throws Failure for one that is no
// object, and for a ((variable)) that nobody filled in, but in the key `unused`.
json::object read_source_file(const std::string& path, const Stop& stop,
                              std::string_view unused = {});

// Throws Failure where `kind` is given and is another one; fills it in where it is not.
void require_kind(json::object& source, const Kind& kind, const std::string& path);

}  // namespace upkeep
