// Signing in to a Concourse as a local or LDAP user, as fly does with --username and --password.
#pragma once

#include "core/failure.h"
#include "core/secret.h"
#include "net/http.h"

namespace upkeep::atc {

// Concourse has understood, and says no: asking again will not help. What else is thrown (it cannot
// be reached, a web node is ending, a page of a proxy) may pass.
class Refused : public Failure {
  public:
    using Failure::Failure;
};

// A bearer token, good for a day, for the endpoint's username and password. Throws Refused where
// Concourse says that they are not right.
Secret sign_in(Http& http, const Endpoint& endpoint);

}  // namespace upkeep::atc
