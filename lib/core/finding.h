// What a look found: one thing that a person should act on.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/moment.h"

namespace upkeep {

enum class Severity { info, low, medium, high, critical };

inline constexpr std::array severities{Severity::info, Severity::low, Severity::medium,
                                       Severity::high, Severity::critical};
inline constexpr std::array<std::string_view, severities.size()> severity_names{
    "info", "low", "medium", "high", "critical"};

std::string_view to_text(Severity severity);

struct Detail {
    std::string name;
    std::string value;
};

struct Link {
    std::string title;
    std::string url;
};

// How large the matter is, for a picture: 12 "versions behind". The same unit throughout a rule.
struct Magnitude {
    std::int64_t value = 0;
    std::string unit;
};

struct Finding {
    std::string id;           // see finding_id(); never made of the clock
    std::string kind;         // "stemcell"
    std::string rule;         // "stale", "expires", ...
    std::string environment;  // the source's label, may be empty
    std::string subject;      // what `ignore` and `jobs` match; its grammar is the kind's
    Severity severity = Severity::medium;
    std::string summary;  // one line a person can act on, without the environment
    std::optional<Moment> since;
    std::vector<Detail> details;  // in the order in which they are shown
    std::string advice;
    std::vector<Link> links;
    std::string runbook;    // a URL, or empty
    std::string job;        // team/pipeline/job that mends it, or empty
    bool job_mends = true;  // false: no job can mend it, so `jobs` is not asked for one
    // Not the matter itself but that it could not be judged (not looked at, not published, not
    // readable): it must never read as "mended".
    bool undecided = false;
    // It may clear and come back as the same finding (unreachable, denied: states of our own
    // sight).
    bool recurs = false;
    std::optional<Magnitude> magnitude;
};

// Of the facts that make it what it is: digest_of() them.
std::string finding_id(std::span<const std::string_view> facts);
// The part of an id that a version names: 64 bits, 16 hex digits.
std::string_view short_id(std::string_view id);

}  // namespace upkeep
