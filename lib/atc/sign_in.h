// Signing in to a Concourse as a local or LDAP user, as fly does with --username and --password.
#pragma once

#include "core/secret.h"
#include "net/http.h"

namespace upkeep::atc {

// A bearer token, good for a day, for the endpoint's username and password. Throws Refused where
// Concourse says that they are not right.
Secret sign_in(Http& http, const Endpoint& endpoint);

}  // namespace upkeep::atc
