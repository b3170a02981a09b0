#include "resource/stemcell/look.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "bosh/own_stemcell.h"
#include "bosh/vms.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/semi_semantic.h"
#include "core/text.h"
#include "net/parallel.h"
#include "resource/stemcell/confirm.h"
#include "resource/stemcell/deployed.h"
#include "resource/stemcell/drift.h"

namespace upkeep::stemcell {

namespace {

constexpr std::size_t tasks_at_once = 3;  // on a director, whose workers are few

// What was found of one deployment in one line.
struct Judged {
    Finding finding;
    const bosh::Deployment* deployment = nullptr;
    std::string line;
};

// The versions of each line that the deployment lists.
std::map<std::string, std::vector<std::string>> versions_by_line(
    const bosh::Deployment& deployment) {
    std::map<std::string, std::vector<std::string>> lines;
    for (const bosh::StemcellReference& stemcell : deployment.stemcells) {
        lines[stemcell.name].push_back(stemcell.version);
    }
    return lines;
}

std::set<std::string> lines_in_use(const std::vector<bosh::Deployment>& deployments) {
    std::set<std::string> lines;
    for (const bosh::Deployment& deployment : deployments) {
        for (const bosh::StemcellReference& stemcell : deployment.stemcells) {
            lines.insert(stemcell.name);
        }
    }
    return lines;
}

// The names of those that list no stemcell, in words.
std::string without_stemcell(const std::vector<bosh::Deployment>& deployments) {
    constexpr std::size_t most = 5;
    std::vector<std::string> names;
    for (const bosh::Deployment& deployment : deployments) {
        if (deployment.stemcells.empty()) {
            names.push_back(deployment.name);
        }
    }
    return first_few(names, most);
}

std::vector<std::string> as_list(const std::set<std::string>& lines) {
    return {lines.begin(), lines.end()};
}

// `subject` is a line, or what there may be beside the deployments that could be read. Coverage
// says why.
Finding not_evaluated(const std::string& environment, const std::string& subject,
                      const std::string& why, const std::string& advice) {
    Finding finding;
    finding.rule = "not-evaluated";
    finding.subject = subject;
    const std::array<std::string_view, 4> facts{"stemcell", environment, finding.rule, subject};
    finding.id = finding_id(facts);
    finding.severity = Severity::medium;
    finding.summary = "not judged: " + why;
    finding.advice = advice;
    finding.job_mends = false;
    finding.undecided = true;
    finding.recurs = true;
    return finding;
}

class OneLook {
  public:
    OneLook(const Settings& settings, World& world) : settings_(settings), world_(world) {
        if (const auto* place = std::get_if<DirectorPlace>(&settings.deployments)) {
            director_.emplace(place->endpoint, world.http);
        }
    }

    Look run() {
        list_deployments();
        const std::vector<std::string> own = own_candidates();
        std::set<std::string> lines = lines_in_use(deployments_);
        if (!own.empty()) {
            lines.insert(own.front());
        }
        if (deployed_.listed.all.empty() || lines.empty()) {
            refuse_nothing();
        }
        answers_ = published_lines(settings_.published, as_list(lines), world_);
        add_own_vm(own);
        add_answers();
        now_ = world_.clock.now();
        judge_all();
        if (settings_.confirm_vms) {
            confirm_all();
        }
        hand_over();
        return std::move(look_);
    }

  private:
    void list_deployments();
    std::vector<std::string> own_candidates();
    std::string own_line(const std::vector<std::string>& candidates);
    void add_own_vm(const std::vector<std::string>& candidates);
    void add_answers();
    void judge_all();
    bool may_be_done(const Judged& judged) const;
    void confirm_all();
    bool is_held(const Judged& judged) const;
    void add_vms(const std::string& deployment, const std::vector<bosh::Vm>& vms);
    void hand_over();
    void add_failure(Noun items, const std::string& of, const std::string& failure);
    std::optional<Finding> judge(const std::string& deployment, const std::string& line,
                                 const std::vector<std::string>& versions) const;
    [[noreturn]] void refuse_nothing() const;

    const Settings& settings_;
    World& world_;
    std::optional<bosh::Director> director_;
    Deployed deployed_;
    std::vector<bosh::Deployment> deployments_;  // those that are selected, then the own VM
    bool has_own_vm_ = false;
    std::map<std::string, LineAnswer> answers_;
    Moment now_{};  // when it is judged
    std::vector<Judged> judged_;
    Look look_;
};

void OneLook::list_deployments() {
    deployed_ = director_ ? get_deployed(*director_) : get_deployed(settings_.deployments, world_);
    const auto& all = deployed_.listed.all;
    std::copy_if(all.begin(), all.end(), std::back_inserter(deployments_),
                 [&](const bosh::Deployment& deployment) {
                     return settings_.selected.matches(deployment.name);
                 });
    Coverage part;
    part.items = {"deployment", "deployments"};
    part.place = deployed_.place;
    part.identity = deployed_.identity;
    part.count = static_cast<std::int64_t>(deployments_.size());
    look_.coverage.push_back(std::move(part));
    if (!deployed_.listed.missing.empty()) {
        add_failure({"other deployment", "other deployments"}, "", deployed_.listed.missing);
        look_.findings.push_back(not_evaluated(
            settings_.environment, "other deployments", "rows of the table are or may be missing",
            "Give the whole output of bosh deployments --json."));
    }
    if (const std::string names = without_stemcell(deployments_); !names.empty()) {
        look_.notices.push_back("not judged, because no stemcell is listed: " + names);
    }
    if (!deployed_.listed.doubt.empty()) {
        look_.notices.push_back("the deployments from " + deployed_.place + ": " +
                                deployed_.listed.doubt);
    }
}

void OneLook::add_failure(Noun items, const std::string& of, const std::string& failure) {
    Coverage part;
    part.items = std::move(items);
    part.of = of;
    part.place = deployed_.place;
    part.identity = deployed_.identity;
    part.failure = failure;
    look_.coverage.push_back(std::move(part));
}

// Nothing to judge is not "nothing found": whatever was open would look mended.
void OneLook::refuse_nothing() const {
    const std::size_t listed = deployed_.listed.all.size();
    const std::string doing = "reading the deployments from " + deployed_.place;
    if (listed == 0) {
        throw Failure(doing, "there is none",
                      !director_ ? ""
                                 : (deployed_.identity.empty() ? std::string("May the client")
                                                               : "May " + deployed_.identity) +
                                       " see them? A client of a team sees those of its team "
                                       "alone.");
    }
    if (deployments_.empty()) {
        throw Failure(
            doing, "none of the " + counted(listed, "deployment", "deployments") + " is selected",
            "Are the patterns (deployments, --select) right?");
    }
    throw Failure(doing, "no stemcell is listed for " + without_stemcell(deployments_),
                  "What has no VMs yet, or was never deployed to its end, lists none.");
}

// The lines that the director's own stemcell may be of; none where it is not to be judged.
std::vector<std::string> OneLook::own_candidates() {
    if (!director_ || !settings_.own_vm || !settings_.selected.matches(own_name)) {
        return {};
    }
    const bosh::DirectorInfo& info = director_->info();
    const auto& all = deployed_.listed.all;
    if (!info.stemcell_os || !info.stemcell_version) {
        look_.notices.emplace_back(
            "the director's own stemcell is not judged: its /info does not "
            "name it");
        return {};
    }
    const std::string own = *info.stemcell_os + " " + *info.stemcell_version;
    if (std::any_of(all.begin(), all.end(), [](const auto& one) { return one.name == own_name; })) {
        look_.notices.push_back("the director's own stemcell, " + own +
                                ", is not judged: a deployment is called " + own_name);
        return {};
    }
    auto lines = bosh::own_lines(info, as_list(lines_in_use(all)));
    if (lines.empty()) {
        look_.notices.push_back("the director's own stemcell, " + own +
                                ", is not judged: its line is not known");
    }
    return lines;
}

// The first whose list has the version, each asked for only when those before it have not. A list
// that could not be had decides too: that it is not known is better than a guess.
std::string OneLook::own_line(const std::vector<std::string>& candidates) {
    const auto version = SemiSemanticVersion::parse(*director_->info().stemcell_version);
    for (const std::string& line : candidates) {
        if (!answers_.contains(line)) {
            answers_.merge(published_lines(settings_.published, {line}, world_));
        }
        const LineAnswer& answer = answers_.at(line);
        const auto& versions = answer.known.versions;
        if (answer.failure || std::any_of(versions.begin(), versions.end(), [&](const auto& one) {
                return version && one.version == *version;
            })) {
            return line;
        }
    }
    return candidates.front();
}

void OneLook::add_own_vm(const std::vector<std::string>& candidates) {
    if (candidates.empty()) {
        return;
    }
    deployments_.push_back(
        {own_name, {{own_line(candidates), *director_->info().stemcell_version}}, false});
    has_own_vm_ = true;
    // The lists of the other candidates were asked for to find that out, and say nothing else.
    const std::set<std::string> lines = lines_in_use(deployments_);
    std::erase_if(answers_, [&](const auto& answer) { return !lines.contains(answer.first); });
    Coverage part;
    part.items = {"director", "directors"};
    part.place = director_->info_place();
    part.count = 1;
    look_.coverage.push_back(std::move(part));
}

// Throws what failed first where every list did.
void OneLook::add_answers() {
    const LineFailure* first = nullptr;
    std::size_t failed = 0;
    for (const auto& [line, answer] : answers_) {
        Coverage part;
        part.items = {"published version", "published versions"};
        part.of = line;
        part.place = answer.known.place;
        part.count = static_cast<std::int64_t>(answer.known.versions.size());
        if (answer.failure) {
            part.failure = answer.failure->reason;
            part.advice = answer.failure->advice;
        }
        look_.coverage.push_back(std::move(part));
        if (answer.failure) {
            ++failed;
            first = first == nullptr ? &*answer.failure : first;
            look_.findings.push_back(not_evaluated(settings_.environment, line,
                                                   "its published versions could not be had",
                                                   answer.failure->advice));
        }
    }
    if (failed > 0 && failed == answers_.size()) {
        throw Failure("looking at stemcells", first->reason, first->advice);
    }
}

std::optional<Finding> OneLook::judge(const std::string& deployment, const std::string& line,
                                      const std::vector<std::string>& versions) const {
    const KnownLine& known = answers_.at(line).known;
    return judge_line(deployment, settings_.environment, line, versions, known,
                      settings_.variant.value_or(usual_variant(line, known.versions)), now_);
}

void OneLook::judge_all() {
    for (const bosh::Deployment& deployment : deployments_) {
        world_.stop.throw_if_requested();
        for (const auto& [line, versions] : versions_by_line(deployment)) {
            if (answers_.at(line).failure) {
                continue;
            }
            if (auto finding = judge(deployment.name, line, versions)) {
                judged_.push_back({std::move(*finding), &deployment, line});
            }
        }
    }
}

// A version that no list has no VM runs. The director's own VM is in no deployment.
bool OneLook::may_be_done(const Judged& judged) const {
    const auto& listed = judged.deployment->stemcells;
    const bool is_own_vm = has_own_vm_ && judged.deployment == &deployments_.back();
    return !is_own_vm &&
           std::any_of(listed.begin(), listed.end(), [&](const bosh::StemcellReference& stemcell) {
               return stemcell.name == judged.line &&
                      !judge(judged.deployment->name, judged.line, {stemcell.version});
           });
}

// Asks for the VMs of each deployment that lists a current stemcell beside an old one; drops what
// they say is done. One deadline for all: a director whose workers are stuck must not cost a look
// its versions.
void OneLook::confirm_all() {
    std::set<std::string> names;
    for (const Judged& judged : judged_) {
        if (judged.finding.job_mends && may_be_done(judged) && !is_held(judged)) {
            names.insert(judged.deployment->name);
        }
    }
    struct Answer {
        std::vector<bosh::Vm> vms;
        std::string failure;
    };
    const Instant end = world_.clock.instant() + limits::task_time;
    const std::vector<std::string> list = as_list(names);
    const auto answers = parallel(list, tasks_at_once, [&](const std::string& name) -> Answer {
        try {
            return {bosh::list_vms(*director_, name, end, world_.clock, world_.stop), ""};
        } catch (const Stopped&) {
            throw;
        } catch (const Failure& failure) {
            return {{}, failure.what()};
        }
    });
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (answers[i].failure.empty()) {
            add_vms(list[i], answers[i].vms);
        } else {
            add_failure({"VM", "VMs"}, list[i], answers[i].failure);
        }
    }
}

void OneLook::add_vms(const std::string& deployment, const std::vector<bosh::Vm>& vms) {
    std::erase_if(judged_, [&](const Judged& judged) {
        return judged.deployment->name == deployment && judged.finding.job_mends &&
               all_current(vms, judged.line, [&](const std::string& version) {
                   return !judge(deployment, judged.line, {version});
               });
    });
    for (Judged& judged : judged_) {
        if (judged.deployment->name == deployment && judged.finding.job_mends) {
            judged.finding.details.push_back(vms_detail(vms, judged.line));
        }
    }
}

bool OneLook::is_held(const Judged& judged) const {
    return settings_.hold_locked && judged.deployment->locked && judged.finding.job_mends;
}

void OneLook::hand_over() {
    for (Judged& judged : judged_) {
        auto& target = is_held(judged) ? look_.held : look_.findings;
        target.push_back(std::move(judged.finding));
    }
}

}  // namespace

Look look_at_stemcells(const Settings& settings, World& world) {
    return OneLook(settings, world).run();
}

}  // namespace upkeep::stemcell
