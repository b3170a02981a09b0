// A report as JSON: what `--format json` prints and findings.json holds. docs/findings.schema.json
// describes it, for one environment or several alike. Every key is always there: what is absent is
// null, a list without entries is []; only where nothing was looked at are `findings`, `held`,
// `jobs`, `ignored` and `resolved` null, so that nobody takes that for "nothing found".
#pragma once

#include <string>

#include "core/json.h"
#include "core/report.h"
#include "core/sink.h"
#include "present/overview.h"

namespace upkeep::present {

inline constexpr int document_version = 1;  // of the schema; grows when a reader must change

// Indented, with a line feed at the end. Characters that could act on a terminal are written as
// escapes of JSON, so that the text may be shown as it is. The pieces are short: at most one
// finding is held as text.
void write_json(const Report& report, const Sink& sink);
void write_json(const NotLooked& not_looked, const Sink& sink);
// The same for a document of one's own.
std::string json_text(const json::value& document);

// One finding as in `findings`: nothing is lost but invalid UTF-8, which becomes U+FFFD.
json::object to_json(const Finding& finding);

}  // namespace upkeep::present
