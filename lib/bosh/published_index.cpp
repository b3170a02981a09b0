#include "bosh/published_index.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace upkeep::bosh {

namespace {

constexpr std::string_view published_folder = "published";
constexpr std::size_t deepest_checkout = 3;  // folders above "published"

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::string_view part = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(part.size() + 1, path.size()));
        if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    return parts;
}

bool is_unpublished(std::string_view folder) {
    return folder.starts_with(".") || folder == "dev" || folder.starts_with("candidate");
}

// What stands below "published": OS, VERSION and the file. A path without "published" is taken to
// be relative to it.
std::vector<std::string_view> below_published(std::string_view path) {
    std::vector<std::string_view> parts = parts_of(path);
    const auto found = std::find(parts.begin(), parts.end(), published_folder);
    if (found != parts.end()) {
        parts.erase(parts.begin(), found + 1);
    }
    return parts;
}

// Folders are called ubuntu-jammy-fips, centos-7, windows-2019 (and once wwindows-2019); lines
// ...-ubuntu-jammy-fips-go_agent, ...-centos-7-go_agent, ...-windows2019-go_agent. windows-1709
// holds those of windows2016, so Windows is not told apart.
bool may_hold(std::string_view system, std::string_view line) {
    constexpr std::string_view windows = "windows";
    if (system.find(windows) != std::string_view::npos) {
        return line.find(windows) != std::string_view::npos;
    }
    return line.find(system) != std::string_view::npos;
}

}  // namespace

bool is_index_file(std::string_view path) {
    const std::vector<std::string_view> parts = below_published(path);
    return parts.size() == 3 && parts.back().ends_with(".meta4") && !is_unpublished(parts.front());
}

bool may_hold_index_files(std::string_view folder) {
    const std::vector<std::string_view> parts = parts_of(folder);
    const auto found = std::find(parts.begin(), parts.end(), published_folder);
    if (std::any_of(parts.begin(), found, is_unpublished)) {
        return false;
    }
    const auto above = static_cast<std::size_t>(found - parts.begin());
    return above <= deepest_checkout && parts.size() - above <= 3;
}

bool IndexReader::wants(std::string_view path) const {
    if (!is_index_file(path)) {
        return false;
    }
    const std::string_view system = below_published(path).front();
    return std::any_of(wanted_.begin(), wanted_.end(),
                       [&](const std::string& line) { return may_hold(system, line); });
}

void IndexReader::add(std::string_view text, const std::string& place) {
    for (IndexedStemcell& stemcell : parse_meta4(text, place)) {
        const bool light = stemcell.light && !stemcell.china;
        lines_[stemcell.name].push_back(
            {std::move(stemcell.version), !stemcell.light, light, stemcell.published});
    }
}

PublishedLines IndexReader::take_lines() {
    arrange(lines_);
    return std::exchange(lines_, {});
}

}  // namespace upkeep::bosh
