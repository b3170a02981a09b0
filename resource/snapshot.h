// The files that a look is written into, by `in` and by the commands' --output.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/report.h"
#include "core/version.h"
#include "resource/resource.h"

namespace upkeep {

// findings.json, report.md, report.html, report.txt, summary, count, jobs, and the kinds' own files.
std::vector<File> snapshot_files(const Report& report, const std::vector<const Kind*>& kinds);

// What can be written without a look: what the version says, and why nobody looked. No `jobs`, and none of the
// kind's own files, so that nothing mistakes them for "nothing to do".
std::vector<File> unlooked_files(const Version& version, const std::string& environment,
                                 const Kind& kind, const std::string& reason);

// The jobs that mend what is open, without doubles, in the order of the findings.
std::vector<std::string> jobs_of(const Report& report);

}  // namespace upkeep
