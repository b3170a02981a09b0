// Anything as a published list: a Failure or lines in order without doubles that, written as
// bosh.io would, are read as themselves.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

#include "bosh/published.h"
#include "core/failure.h"
#include "core/json.h"

namespace {

namespace json = boost::json;

using upkeep::bosh::parse_published;
using upkeep::bosh::PublishedLines;
using upkeep::bosh::PublishedStemcell;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

std::string written(const PublishedLines& lines) {
    json::object object;
    for (const auto& [name, line] : lines) {
        json::array list;
        for (const PublishedStemcell& stemcell : line) {
            json::object entry{{"name", name}, {"version", stemcell.version.text()}};
            const char* const variant = stemcell.regular ? "regular" : "light_china";
            entry[variant] = json::object();
            if (stemcell.light) {
                entry["light"] = json::object();
            }
            list.push_back(std::move(entry));
        }
        object[name] = std::move(list);
    }
    return upkeep::to_line(object);
}

void check(const PublishedLines& lines) {
    for (const auto& [name, line] : lines) {
        for (std::size_t i = 1; i < line.size(); ++i) {
            require(line[i - 1].version > line[i].version, "newest first, without doubles");
        }
    }
    const std::string text = written(lines);
    require(written(parse_published(text, "again")) == text, "reading is stable");
}

// Written by name, some would be taken for something else: {"error": []}.
bool has_special_name(const PublishedLines& lines) {
    const auto special = {"Tables", "error", "manifest", "user_authentication", "code", "message"};
    return std::any_of(special.begin(), special.end(),
                       [&](const char* name) { return lines.contains(name); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    PublishedLines lines;
    try {
        lines = parse_published(text, "it");
    } catch (const upkeep::Failure& failure) {
        require(!failure.why().empty(), "a failure says why");
    }
    try {
        if (!lines.empty() && !has_special_name(lines)) {
            check(lines);
        }
    } catch (const upkeep::Failure& failure) {
        throw std::logic_error(failure.what());
    }
    return 0;
}
