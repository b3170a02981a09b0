// A report as JSON: what `--format json` prints and findings.json holds. docs/findings.schema.json
// describes it, for one environment or several alike. Every key is always there: what is absent is
// null, a list without entries is []; only where nothing was looked at are `findings`, `jobs`,
// `ignored` and `resolved` null, so that nobody takes that for "nothing found".
#pragma once

#include <string>

#include "core/json.h"
#include "core/report.h"
#include "present/overview.h"

namespace upkeep::present {

inline constexpr int document_version = 1;  // of the schema; grows when a reader must change

json::value to_json(const Report& report);
json::value to_json(const NotLooked& not_looked);
// One finding as in `findings`: nothing is lost but invalid UTF-8, which becomes U+FFFD.
json::object to_json(const Finding& finding);

// Indented, with a line feed at the end. Characters that could act on a terminal are written as
// escapes of JSON, so that the text may be shown as it is.
std::string json_text(const Report& report);
std::string json_text(const NotLooked& not_looked);
std::string json_text(const json::value& document);

}  // namespace upkeep::present
