#include "resource/snapshot.h"

#include <algorithm>

#include "core/text.h"
#include "present/document.h"
#include "present/html.h"
#include "present/markdown.h"
#include "present/overview.h"
#include "present/table.h"

namespace upkeep {

namespace {

std::string lines(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) {
        all += printable(text) + "\n";
    }
    return all;
}

// What every format says of a report, or of a look that there was not.
template <typename Shown>
std::vector<File> formats(const Shown& shown, const std::string& summary, std::size_t count) {
    return {{"findings.json", [&](const Sink& sink) { present::write_json(shown, sink); }},
            {"report.md", [&](const Sink& sink) { sink(present::markdown(shown)); }},
            {"report.html", [&](const Sink& sink) { sink(present::html(shown)); }},
            {"report.txt", [&](const Sink& sink) { sink(present::table(shown, {})); }},
            {"summary", summary + "\n"},
            {"count", std::to_string(count) + "\n"}};
}

}  // namespace

std::vector<File> snapshot_files(const Report& report, const std::vector<const Kind*>& kinds) {
    std::vector<File> files =
        formats(report, present::summary_line(report), report.findings.size());
    files.emplace_back("jobs", lines(present::jobs(report)));
    for (const Kind* kind : kinds) {
        for (File& file : kind->files(report)) {
            files.push_back(std::move(file));
        }
    }
    return files;
}

std::vector<File> unlooked_files(const present::NotLooked& not_looked) {
    return formats(not_looked, not_looked.summary, not_looked.count);
}

}  // namespace upkeep
