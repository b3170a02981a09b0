// A director: /info, /deployments, their VMs by way of a task, tasks. Who may see what, and how it
// refuses, is as in cloudfoundry/bosh.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

#include "bosh_settings.h"
#include "player.h"
#include "tokens.h"

namespace standin {

class Director : public Player {
  public:
    // `uaa_url` is empty without one.
    Director(DirectorSettings settings, std::string uaa_url, Tokens& tokens);

    Reply answer(const Arrival& arrival) override;

  private:
    struct Started {
        const Deployment* deployment;
        std::string user;
        std::uint64_t asked = 0;  // so often after its state
    };

    std::optional<Holder> holder(const Arrival& arrival);
    Reply info(const std::optional<Holder>& who) const;
    Reply answer_to(const Holder& who, const Arrival& arrival);
    Reply deployments(const Holder& who, const Form& query) const;
    Reply below_deployment(const Holder& who, const Arrival& arrival, const Asked& asked);
    Reply start_task(const Holder& who, const Arrival& arrival, const Deployment& deployment);
    Reply task(const Holder& who, const Arrival& arrival, const Asked& asked);
    Reply output(const Arrival& arrival, const Asked& asked, const Started& started) const;
    std::string state_of(const Started& started) const;
    std::string rows_of(const Started& started) const;

    // The scopes one of which is wanted, in the order in which the director names them.
    std::vector<std::string> wanted(bool reading) const;
    std::vector<std::string> wanted(const Deployment& deployment, bool reading) const;
    const Deployment* find(const std::string& name) const;

    DirectorSettings settings_;
    std::string uaa_url_;
    Tokens& tokens_;
    std::vector<Started> tasks_;  // the first is task 1
};

// What a director says, and its errors, in its own form.
Reply director_says(unsigned status, std::string body);
Reply director_error(unsigned status, int code, const std::string& description);
Reply director_lacks(const std::vector<std::string>& scopes);

}  // namespace standin
