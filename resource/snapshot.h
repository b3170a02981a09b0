// The files that a look is written into, by `in` and by the commands' --output.
#pragma once

#include <vector>

#include "core/report.h"
#include "present/overview.h"
#include "resource/resource.h"

namespace upkeep {

// findings.json, report.md, report.html, report.txt, summary, count, jobs, and the kinds' own
// files. The large ones are made while they are written, of the report, which must still be there.
std::vector<File> snapshot_files(const Report& report, const std::vector<const Kind*>& kinds);

// What can be written without a look: what the version says, and why nobody looked. No `jobs`, and
// none of the kind's own files, so that nothing mistakes them for "nothing to do".
std::vector<File> unlooked_files(const present::NotLooked& not_looked);

}  // namespace upkeep
