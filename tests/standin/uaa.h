// A UAA, as far as a client of a director needs one: POST /oauth/token. Its refusals are those of
// cloudfoundry/uaa.
#pragma once

#include "bosh_settings.h"
#include "player.h"
#include "tokens.h"

namespace standin {

class Uaa : public Player {
  public:
    Uaa(UaaSettings settings, Tokens& access, Tokens& refresh);

    Reply answer(const Arrival& arrival) override;

  private:
    Reply grant(const std::string& client, const Form& form);
    Reply grant_password(const std::string& client, const Form& form);
    Reply grant_refresh(const std::string& client, const Form& form);
    Reply grant_to(const Holder& holder);
    Reply bad_credentials() const;

    UaaSettings settings_;
    Tokens& access_;
    Tokens& refresh_;
};

}  // namespace standin
