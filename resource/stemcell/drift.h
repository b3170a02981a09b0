// The judgement: which deployment runs an old stemcell. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bosh/published.h"
#include "core/finding.h"

namespace upkeep::stemcell {

enum class Variant { light, regular };

std::string_view to_text(Variant variant);

// Light for the names with -aws- and -google-, where that is what is uploaded, else regular; the
// other one where the list has none such: FIPS for AWS is published as regular alone, Windows for
// Azure as light.
Variant usual_variant(std::string_view line, const bosh::PublishedLine& versions);

// What is known of one line. A line that is not published there has no versions.
struct KnownLine {
    bosh::PublishedLine versions;     // newest first
    std::string place;                // where the list is from, for messages
    std::string page;                 // for people; or empty
    std::vector<std::string> others;  // lines that the place has instead, where it can tell
};

// What there is to say of the deployment's stemcells of one line: nothing, where they are current.
// Rules:
// - stale: its oldest version is older than the newest published one. The oldest, because a deploy
// lists the
//   new stemcell from its start and drops the old one only at a successful end.
// - withdrawn: stale, and the list, which reaches further back, has not the deployed version. It
//   cannot tell whether it was withdrawn or never published there.
// - unpublished: stale, and the version has a pre-release or a post-release, which none in the list
//   has, so it never was one of them.
// - ahead: it is newer than the newest published one.
// - unknown-line: the line is not published, or never in the variant in use.
// - unreadable: BOSH could not compare the version.
// Kind, environment and job are left to the caller.
std::optional<Finding> judge_line(const std::string& deployment, const std::string& environment,
                                  const std::string& line, const std::vector<std::string>& versions,
                                  const KnownLine& known, Variant variant, Moment now);

}  // namespace upkeep::stemcell
