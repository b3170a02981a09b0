#include "resource/judge.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

#include "core/text.h"

namespace upkeep {

namespace {

class Judge {
  public:
    Judge(const Kind& kind, const LookingKeys& keys, Moment now)
        : kind_(kind), keys_(keys), today_(day_of(now)) {
        report_.looked_at = now;
    }

    void add(Finding finding) { add_to(report_.findings, std::move(finding)); }
    void hold(Finding finding) { add_to(report_.held, std::move(finding)); }

    Report finish() {
        if (below_ > 0) {
            report_.notices.push_back(counted(below_, "finding", "findings") + " below " +
                                      std::string(to_text(keys_.minimum_severity)) +
                                      " left out (minimum_severity)");
        }
        report_held();
        if (report_.complete()) {
            report_idle_rules();
        }
        sort_findings(report_.findings);
        sort_findings(report_.held);
        return std::move(report_);
    }

    Report& report() { return report_; }

  private:
    void add_to(std::vector<Finding>& target, Finding finding) {
        if (std::find(kind_.rules.begin(), kind_.rules.end(), finding.rule) == kind_.rules.end()) {
            throw std::logic_error("kinds.cpp does not name the rule " + finding.rule);
        }
        finding.kind = kind_.name;
        finding.environment = keys_.environment;
        note_matches(finding);
        if (const IgnoreRule* rule = ignored_by(finding)) {
            report_.ignored.push_back({std::move(finding), rule->reason, rule->until});
        } else if (finding.severity < keys_.minimum_severity && !finding.undecided) {
            ++below_;
        } else {
            finding.job = job_of(finding);
            target.push_back(std::move(finding));
        }
    }

    void report_held() {
        std::set<std::string> subjects;
        for (const Finding& finding : report_.held) {
            subjects.insert(finding.subject);
        }
        if (!subjects.empty()) {
            constexpr std::size_t most_named = 10;
            report_.notices.push_back("being mended now, to be judged after that: " +
                                      first_few({subjects.begin(), subjects.end()}, most_named));
        }
    }

    void note_matches(const Finding& finding) {
        for (const IgnoreRule& rule : keys_.ignore) {
            if (rule.matcher.matches(finding)) {
                matched_.insert(&rule);
            }
        }
    }

    // A pattern that is misspelt hides nothing, and neither does one that has done its work.
    // A rule for another environment is one of a list that several sources share.
    void report_idle_rules() {
        for (const IgnoreRule& rule : keys_.ignore) {
            const auto& wanted = rule.matcher.environment;
            const bool is_of_here = !wanted || wanted->matches(keys_.environment);
            if (is_of_here && !matched_.contains(&rule)) {
                report_.notices.push_back("ignoring " + rule.shown + " (" + rule.reason +
                                          ") hides nothing: no finding matches it");
            }
        }
    }

    // One that has run out ends the search, too: its date is a promise to look again.
    const IgnoreRule* ignored_by(const Finding& finding) {
        const auto rule =
            std::find_if(keys_.ignore.begin(), keys_.ignore.end(),
                         [&](const IgnoreRule& one) { return one.matcher.matches(finding); });
        if (rule == keys_.ignore.end()) {
            return nullptr;
        }
        if (!rule->until || today_ <= *rule->until) {
            return &*rule;
        }
        if (run_out_.insert(&*rule).second) {
            report_.notices.push_back("ignoring " + rule->shown + " (" + rule->reason +
                                      ") ended with " + to_text(*rule->until) +
                                      ": what it hid counts again");
        }
        return nullptr;
    }

    std::string job_of(const Finding& finding) {
        if (!finding.job_mends) {
            return "";
        }
        for (const JobRule& rule : keys_.jobs) {
            if (!rule.matcher.matches(finding)) {
                continue;
            }
            auto job = fill_job(rule.job, finding, kind_.subject);
            if (!job) {
                report_.notices.push_back("no job for " + finding.subject + ": " + rule.job +
                                          " filled in gives no team/pipeline/job");
            }
            return job.value_or("");
        }
        return "";
    }

    const Kind& kind_;
    const LookingKeys& keys_;
    Day today_;
    Report report_;
    std::size_t below_ = 0;
    std::set<const IgnoreRule*> run_out_;
    std::set<const IgnoreRule*> matched_;
};

}  // namespace

Report judge(Look look, const Kind& kind, const LookingKeys& keys, Moment now, const Stop& stop) {
    Judge judge(kind, keys, now);
    for (Coverage& part : look.coverage) {
        part.kind = kind.name;
        part.environment = keys.environment;
    }
    judge.report().coverage = std::move(look.coverage);
    judge.report().notices = std::move(look.notices);
    for (Finding& finding : look.findings) {
        stop.throw_if_requested();
        judge.add(std::move(finding));
    }
    for (Finding& finding : look.held) {
        stop.throw_if_requested();
        judge.hold(std::move(finding));
    }
    return judge.finish();
}

bool may_call_gone(const Report& report, const OpenSet& named) {
    return report.complete() &&
           std::none_of(report.findings.begin(), report.findings.end(), [&](const Finding& one) {
               return one.undecided && !named.names(short_id(one.id));
           });
}

std::vector<const Finding*> held_and_named(const Report& report, const OpenSet& named) {
    std::vector<const Finding*> found;
    for (const Finding& finding : report.held) {
        if (named.names(short_id(finding.id))) {
            found.push_back(&finding);
        }
    }
    return found;
}

}  // namespace upkeep
