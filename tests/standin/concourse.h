// A Concourse: its sign-in, its lists in their order and pages, who may see and do what. As in
// concourse/concourse, with its traps.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "concourse_state.h"
#include "player.h"
#include "tokens.h"

namespace standin {

class Concourse : public Player {
  public:
    Concourse(ConcourseSettings settings, Tokens& tokens)
        : state_(std::move(settings)), tokens_(tokens) {}

    Reply answer(const Arrival& arrival) override;

  private:
    // Who asks: nobody, or a user by name, with the roles that hold now.
    struct Asker {
        bool known = false;
        std::string name;
        bool admin = false;
        std::map<std::string, std::vector<std::string>, std::less<>> roles;

        bool sees(std::string_view team) const;
        bool operates(std::string_view team) const;
    };
    // A request below a pipeline, cut at its slashes.
    struct Below;

    Reply sign_in(const Arrival& arrival);
    std::optional<Asker> asker(const Arrival& arrival);
    Reply user(const Asker& who) const;
    Reply one_build(const Asker& who, const Arrival& arrival, const Asked& asked);
    Reply events(const Arrival& arrival, ConcourseBuild& build);
    Reply jobs(const Asker& who);
    std::set<std::string> team_names();
    Reply teams(const Asker& who);
    Reply pipelines(const Asker& who);
    Reply team_builds(const Asker& who, const Arrival& arrival, const Asked& asked);
    Reply below_pipeline(const Asker& who, const Arrival& arrival, const Asked& asked);
    Reply below_job(const Asker& who, const Arrival& arrival, const Asked& asked, const Below& at);
    Reply trigger(const Asker& who, const Below& at);
    Reply list(const ConcourseState::Which& which, const Arrival& arrival, const Asked& asked);
    static Reply refusal(const Asker& who);

    ConcourseState state_;
    Tokens& tokens_;
};

}  // namespace standin
