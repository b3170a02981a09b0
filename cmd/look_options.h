// What may stand behind `upkeep KIND`.
#pragma once

#include <string>
#include <vector>

#include "cmd/program.h"
#include "core/finding.h"
#include "core/json.h"
#include "present/terminal.h"
#include "resource/resource.h"

namespace upkeep {

enum class Format { table, markdown, html, json };

struct LookOptions {
    std::vector<std::string> source_files;  // "-" is standard input
    json::object source;  // made of the kind's own options, where there is no source file
    Format format = Format::table;
    std::string output;  // a folder, or empty
    Severity fail_on = Severity::info;
    bool exit_zero = false;
    present::ColourChoice colour = present::ColourChoice::automatic;
    bool wants_standard_input = false;  // an option that is a key of the source
    std::string help;                   // when it was asked for: to be printed instead of a look
};

// Throws Failure for wrong usage.
LookOptions read_look_options(const Kind& kind, const Arguments& arguments);

}  // namespace upkeep
