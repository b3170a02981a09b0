// The one algorithm that makes Concourse versions out of looks. A version names the set of open
// findings; docs/versions.md says what that promises, and the tests in tests/version_model/ holds
// the algorithm against a model of Concourse.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/moment.h"

namespace upkeep {

// As Concourse stores it: a flat map of texts. Ours are `open`, `count`, `summary`, `change` and,
// with `each`, `finding`.
using VersionFields = std::map<std::string, std::string>;

// Which findings a version names: their short ids, sorted, or, beyond max_named_findings, a digest
// of them. As text: the ids joined by commas ("" when nothing is open), or "sha256:" and 64 hex
// digits, so that it passes through a shell and `fly check-resource --from open:...` as it is. (In
// YAML it wants quotes: an id can look like a number.)
struct OpenSet {
    std::vector<std::string> ids;
    std::string digest;  // "sha256:..." instead of ids, or empty

    bool empty() const { return ids.empty() && digest.empty(); }
    bool names(std::string_view short_id) const;  // a digest names everything
    friend bool operator==(const OpenSet&, const OpenSet&) = default;
};

inline constexpr std::size_t max_named_findings = 500;
inline constexpr std::size_t max_versions_at_once = 100;  // of `each`
inline constexpr std::int64_t max_change_number = 999'999'999;

// `change`: a UTC date and a number within it from 1, "2026-11-23.2"; "0" for the baseline.
struct Change {
    std::optional<Day> day;
    std::int64_t number = 0;

    friend bool operator==(const Change&, const Change&) = default;
};

struct Version {
    OpenSet open;
    std::size_t count = 0;
    // "cf-staging, concourse-staging, tiles and 3 more": the first subjects in the order of their
    // bytes.
    std::string summary;
    Change change;
    std::string finding;  // short id of the one that this version is about, with `each`; else empty
};

bool is_short_id(std::string_view text);  // 16 hex digits, in lower case

VersionFields to_fields(const Version& version);
// The version, or what is wrong with `open`, `change` or, beside a digest, `count`: "it has no
// `change`". What is not needed is not judged: unknown fields, the words of `summary`, a `finding`
// that is no id.
std::variant<std::string, Version> parse_version(const VersionFields& fields);
// For `in`, which needs no more than `open`. The same texts as parse_version.
std::variant<std::string, OpenSet> parse_open(std::string_view open);

// What this look found open, after `ignore` and `minimum_severity`.
struct OpenFinding {
    std::string id;  // long or short
    std::string subject;
    bool recurs = false;
};

struct VersionRules {
    enum class Triggers { growth, change };
    Triggers triggers = Triggers::growth;
    bool each = false;
    bool baseline = true;
    // Unset: a day where a finding that can recur is open, else never. Zero: never.
    std::optional<std::chrono::days> remind;
};

// The answer of `check`: oldest first, empty only without `baseline`. What is handed in comes back
// first, unchanged to the byte; where parse_version cannot read it, it counts as none (the caller
// says so). `complete` is false when a part of the look failed: then nothing is taken as gone.
std::vector<VersionFields> next_versions(const std::optional<VersionFields>& handed_in,
                                         const std::vector<OpenFinding>& open, bool complete,
                                         const VersionRules& rules, Day today);

}  // namespace upkeep
