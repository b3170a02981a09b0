#include "resource/looking_keys.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "atc/job_ref.h"
#include "core/json.h"
#include "core/text.h"
#include "resource/resource.h"

namespace upkeep {

namespace {

Matcher read_matcher(Fields& fields, const Kind& kind) {
    Matcher matcher{fields.glob("match"), fields.glob("environment"), fields.glob("rule")};
    const std::vector<std::string> rules(kind.rules.begin(), kind.rules.end());
    const auto is_meant = [&](const std::string& rule) { return matcher.rule->matches(rule); };
    if (matcher.rule && std::none_of(rules.begin(), rules.end(), is_meant)) {
        const auto meant = did_you_mean(matcher.rule->pattern(), rules);
        throw fields.wrong(
            "rule", "the kind has no rule " + matcher.rule->pattern(),
            meant ? "Did you mean \"" + *meant + "\"?" : "There are: " + joined(rules) + ".");
    }
    return matcher;
}

std::string shown(const Matcher& matcher) {
    std::string text;
    const auto add = [&](std::string_view name, const std::optional<Glob>& glob) {
        if (glob) {
            text += (text.empty() ? "" : ", ") + std::string(name) + " " + glob->pattern();
        }
    };
    add("match", matcher.match);
    add("environment", matcher.environment);
    add("rule", matcher.rule);
    return text;
}

IgnoreRule read_ignore_rule(Fields& fields, const Kind& kind) {
    IgnoreRule rule;
    rule.matcher = read_matcher(fields, kind);
    rule.shown = shown(rule.matcher);
    const auto reason = fields.text("reason");
    rule.until = fields.day("until");
    // Before what is missing, because a misspelt key is why it is.
    fields.refuse_the_rest();
    if (rule.shown.empty()) {
        throw fields.wrong(
            "match", "it is missing",
            "Say what is ignored: match, environment or rule. To ignore all: match: \"**\".");
    }
    if (!reason) {
        throw fields.wrong("reason", "it is missing",
                           "Say why it is ignored: who reads the report will want to know.");
    }
    rule.reason = *reason;
    return rule;
}

// Calls f(text, is_placeholder) for the pieces of a template; false when a brace is not closed.
template <typename F>
bool for_each_piece(std::string_view text, F f) {
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        f(text.substr(0, open), false);
        if (open == std::string_view::npos) {
            return true;
        }
        const std::size_t close = text.find('}', open);
        if (close == std::string_view::npos) {
            return false;
        }
        f(text.substr(open + 1, close - open - 1), true);
        text.remove_prefix(close + 1);
    }
    return true;
}

bool is_job(const std::string& text) {
    try {
        atc::split_job(text);
        return true;
    } catch (const std::invalid_argument&) {
        return false;
    }
}

JobRule read_job_rule(Fields& fields, const Kind& kind) {
    JobRule rule{read_matcher(fields, kind), fields.required_text("job")};
    const std::vector<std::string> known{std::string(kind.subject), "environment", "rule",
                                         "subject"};
    const bool closed = for_each_piece(rule.job, [&](std::string_view piece, bool placeholder) {
        if (placeholder && std::find(known.begin(), known.end(), piece) == known.end()) {
            const auto meant = did_you_mean(piece, known);
            throw fields.wrong("job", "there is no placeholder {" + std::string(piece) + "}",
                               meant ? "Did you mean {" + *meant + "}?"
                                     : "There are {" + known[0] +
                                           "}, {environment}, {rule} and "
                                           "{subject}.");
        }
    });
    if (!closed) {
        throw fields.wrong("job", "a placeholder has no }");
    }
    if (!is_job(rule.job)) {
        throw fields.wrong("job", "it is no job, wanted: team/pipeline/job",
                           "An instance of a pipeline is written pipeline[env=staging].");
    }
    return rule;
}

std::optional<std::chrono::days> read_remind(Fields& source) {
    const json::value* const given = source.raw("remind");
    if (given != nullptr && *given == json::value("never")) {
        return std::chrono::days(0);
    }
    const auto remind = source.duration("remind");
    if (!remind) {
        return std::nullopt;
    }
    const auto days = std::chrono::floor<std::chrono::days>(*remind);
    if (days < std::chrono::days(1) || days != *remind) {
        throw source.wrong("remind", "it is not a number of whole days",
                           "Write 1d, 7d or never: a version carries a day, not an hour.");
    }
    return days;
}

}  // namespace

bool Matcher::matches(const Finding& finding) const {
    return (!match || match->matches(finding.subject)) &&
           (!environment || environment->matches(finding.environment)) &&
           (!rule || rule->matches(finding.rule));
}

LookingKeys read_looking_keys(Fields& source, const Kind& kind) {
    LookingKeys keys;
    keys.environment = source.text("environment").value_or("");
    source.objects("ignore",
                   [&](Fields& rule) { keys.ignore.push_back(read_ignore_rule(rule, kind)); });
    source.objects("jobs", [&](Fields& rule) { keys.jobs.push_back(read_job_rule(rule, kind)); });
    const auto severity =
        source.choice("minimum_severity", {severity_names.begin(), severity_names.end()});
    keys.minimum_severity = severities.at(severity.value_or(0));
    keys.version.triggers = source.choice("triggers", {"new", "change"}).value_or(0) == 0
                                ? VersionRules::Triggers::growth
                                : VersionRules::Triggers::change;
    keys.version.each = source.truth("each").value_or(false);
    keys.version.baseline = source.truth("baseline").value_or(true);
    keys.version.remind = read_remind(source);
    return keys;
}

std::optional<std::string> fill_job(const std::string& job, const Finding& finding,
                                    std::string_view subject) {
    std::string filled;
    for_each_piece(job, [&](std::string_view piece, bool placeholder) {
        if (!placeholder) {
            filled += piece;
        } else if (piece == "environment") {
            filled += finding.environment;
        } else if (piece == "rule") {
            filled += finding.rule;
        } else if (piece == "subject" || piece == subject) {
            filled += finding.subject;
        }
    });
    return is_job(filled) ? std::optional<std::string>(filled) : std::nullopt;
}

}  // namespace upkeep
