#include "resource/stemcell/drift.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/text.h"
#include "net/url.h"

namespace upkeep::stemcell {

namespace {

using bosh::PublishedLine;
using bosh::PublishedStemcell;

constexpr std::size_t most_listed = 10;
constexpr std::size_t most_named = 3;  // in a line

bool has(const PublishedStemcell& published, Variant variant) {
    return variant == Variant::light ? published.light : published.regular;
}

// How far `deployed` is behind the newest of the variant.
struct Lag {
    const PublishedStemcell* newest = nullptr;
    std::size_t versions = 0;
    std::optional<Moment> since;  // when the first newer version was published
};

Lag lag_of(const SemiSemanticVersion& deployed, const KnownLine& known, Variant variant) {
    Lag lag;
    for (const PublishedStemcell& published : known.versions) {
        if (!has(published, variant)) {
            continue;
        }
        if (lag.newest == nullptr) {
            lag.newest = &published;
        }
        if (published.version <= deployed) {
            break;
        }
        ++lag.versions;
        lag.since = published.published;
    }
    return lag;
}

bool is_published(const SemiSemanticVersion& version, const KnownLine& known) {
    return std::any_of(known.versions.begin(), known.versions.end(),
                       [&](const PublishedStemcell& p) { return p.version == version; });
}

// Where no published version has a suffix, one with it is a build from before or after a release.
bool is_own_build(const SemiSemanticVersion& version, const KnownLine& known) {
    return version.has_suffix() &&
           std::none_of(known.versions.begin(), known.versions.end(),
                        [](const PublishedStemcell& p) { return p.version.has_suffix(); });
}

// How a stale version stands to the list.
struct Standing {
    std::string rule;
    Severity severity;
    std::string words;  // in the summary
};

Standing standing_of(const SemiSemanticVersion& version, const KnownLine& known) {
    if (is_own_build(version, known)) {
        return {"unpublished", Severity::medium, ", which was never published,"};
    }
    // A list that begins later than the version says nothing about it.
    if (!is_published(version, known) && known.versions.back().version < version) {
        return {"withdrawn", Severity::high,
                ", which is not in the list (withdrawn, or never published there),"};
    }
    return {"stale", Severity::medium, ""};
}

std::string days_text(Moment since, Moment now) {
    const auto days = std::chrono::floor<std::chrono::days>(now - since).count();
    return days <= 0 ? "since today"
                     : "for " + counted(static_cast<std::size_t>(days), "day", "days");
}

class LineJudge {
  public:
    LineJudge(const std::string& deployment, const std::string& environment,
              const std::string& line, const std::vector<std::string>& versions,
              const KnownLine& known, Variant variant, Moment now)
        : deployment_(deployment),
          environment_(environment),
          line_(line),
          texts_(versions),
          known_(known),
          variant_(variant),
          now_(now) {}

    std::optional<Finding> judge() {
        for (const std::string& text : texts_) {
            auto version = SemiSemanticVersion::parse(text);
            // "latest" is no version, though it has the form of one.
            if (!version || std::none_of(text.begin(), text.end(), is_digit)) {
                return unreadable(text);
            }
            deployed_.push_back(std::move(*version));
        }
        std::sort(deployed_.begin(), deployed_.end());
        const SemiSemanticVersion& oldest = deployed_.front();
        const Lag lag = lag_of(oldest, known_, variant_);
        if (lag.newest == nullptr) {
            return unknown_line();
        }
        if (lag.versions > 0) {
            return stale(oldest, lag);
        }
        const SemiSemanticVersion& latest = deployed_.back();
        if (latest > lag.newest->version && !is_published(latest, known_)) {
            return ahead(latest, *lag.newest);
        }
        return std::nullopt;
    }

  private:
    // `fact`: what makes it another finding when it changes.
    Finding finding(std::string rule, const std::string& fact) const {
        Finding finding;
        finding.rule = std::move(rule);
        finding.subject = deployment_;
        const std::array<std::string_view, 5> facts{"stemcell", environment_, deployment_, line_,
                                                    fact};
        finding.id = finding_id(facts);
        finding.details.push_back({"line", line_});
        finding.details.push_back({"deployed", first_few(texts_, most_listed)});
        return finding;
    }

    void add_newest(Finding& finding, const PublishedStemcell& newest) const {
        finding.details.push_back({"newest", newest.version.text()});
        finding.details.push_back({"variant", std::string(to_text(variant_))});
        const PublishedStemcell& first = known_.versions.front();
        if (&first != &newest) {
            finding.details.push_back(
                {"not yet " + std::string(to_text(variant_)), first.version.text()});
        }
        if (!known_.page.empty()) {
            finding.links.push_back({"published versions", known_.page});
        }
    }

    Finding stale(const SemiSemanticVersion& oldest, const Lag& lag) const {
        const SemiSemanticVersion& newest = lag.newest->version;
        const bool at_least = oldest < known_.versions.back().version;
        const Standing standing = standing_of(oldest, known_);
        Finding result = finding(standing.rule, newest.text());
        result.severity = standing.severity;
        result.summary = line_ + " " + oldest.text() + standing.words + " is " +
                         (at_least ? "at least " : "") +
                         counted(lag.versions, "version", "versions") + " behind " + newest.text();
        add_newest(result, *lag.newest);
        result.details.push_back({"versions behind", std::to_string(lag.versions)});
        if (at_least) {
            result.details.push_back({"the list begins at", known_.versions.back().version.text()});
        }
        if (lag.since) {
            result.since = lag.since;
            result.summary += ", " + days_text(*lag.since, now_);
            result.details.push_back(
                {"first newer version published", upkeep::to_text(*lag.since)});
        }
        add_deploy(result, newest);
        result.magnitude = {static_cast<std::int64_t>(lag.versions), "versions behind"};
        return result;
    }

    // The new version is listed beside the old one while a deploy runs and after one that failed.
    void add_deploy(Finding& result, const SemiSemanticVersion& newest) const {
        if (deployed_.back() == newest) {
            result.summary += "; " + newest.text() + " is listed too";
            result.advice = "A deploy is running, or has failed: look at its log, deploy it again.";
        } else {
            result.advice = "Deploy it with " + newest.text() + ".";
        }
    }

    Finding ahead(const SemiSemanticVersion& latest, const PublishedStemcell& newest) const {
        Finding result = finding("ahead", "ahead of " + newest.version.text());
        result.severity = Severity::low;
        const bool own = is_own_build(latest, known_);
        result.summary = line_ + " " + latest.text() + (own ? ", which was never published," : "") +
                         " is newer than the newest published one, " + newest.version.text();
        add_newest(result, newest);
        result.advice =
            own ? "It is a build from before or after a release. Nothing published is "
                  "newer: is it still needed?"
                : "Has this version been withdrawn, or is the list at " + known_.place + " behind?";
        result.job_mends = false;
        return result;
    }

    Finding unknown_line() const {
        Finding result = finding("unknown-line", "");
        result.undecided = true;
        result.severity = Severity::medium;
        result.job_mends = false;
        if (!known_.versions.empty()) {
            result.summary =
                line_ + " is published, but never as " + std::string(to_text(variant_));
            result.advice =
                "Set variant to the one that is in use. An index of regular stemcells "
                "alone needs that of the light ones beside it.";
            return result;
        }
        result.summary = line_ + " is not published at " + known_.place;
        if (!known_.others.empty()) {
            result.summary += ", which has " + first_few(known_.others, most_named);
            result.details.push_back({"published there", first_few(known_.others, most_listed)});
        }
        result.summary +=
            ": whether " + first_few(texts_, most_listed) + " is current cannot be told";
        result.advice =
            "Is it a stemcell of your own? Then give a list that has it as published, or ignore "
            "it.";
        return result;
    }

    Finding unreadable(const std::string& version) const {
        Finding result = finding("unreadable", "");
        result.undecided = true;
        result.severity = Severity::medium;
        result.job_mends = false;
        result.summary = line_ + " " + version + ": no version that BOSH could compare";
        result.advice = "Look at the deployment's manifest.";
        return result;
    }

    const std::string& deployment_;
    const std::string& environment_;
    const std::string& line_;
    const std::vector<std::string>& texts_;
    const KnownLine& known_;
    Variant variant_;
    Moment now_;
    std::vector<SemiSemanticVersion> deployed_;
};

}  // namespace

std::string_view to_text(Variant variant) {
    return variant == Variant::light ? "light" : "regular";
}

Variant usual_variant(std::string_view line, const bosh::PublishedLine& versions) {
    const bool light = line.find("-aws-") != std::string_view::npos ||
                       line.find("-google-") != std::string_view::npos;
    const auto [usual, other] = light ? std::pair(Variant::light, Variant::regular)
                                      : std::pair(Variant::regular, Variant::light);
    const auto any = [&versions](Variant variant) {
        return std::any_of(versions.begin(), versions.end(),
                           [variant](const PublishedStemcell& p) { return has(p, variant); });
    };
    return !any(usual) && any(other) ? other : usual;
}

std::optional<Finding> judge_line(const std::string& deployment, const std::string& environment,
                                  const std::string& line, const std::vector<std::string>& versions,
                                  const KnownLine& known, Variant variant, Moment now) {
    return LineJudge(deployment, environment, line, versions, known, variant, now).judge();
}

}  // namespace upkeep::stemcell
