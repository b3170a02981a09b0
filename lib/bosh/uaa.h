// The UAA of a director: it gives tokens for names and secrets.
#pragma once

#include <optional>
#include <string>

#include "core/secret.h"
#include "net/http.h"

namespace upkeep::bosh {

struct Token {
    Secret access;
    std::optional<Secret> refresh;
};

// Each asks `uaa` (its URL, authorities and proxy; whom it signs in as is not used) for a token.
// Throws Failure("getting a token from <URL>, the UAA that the director names", ...): refused, not
// reachable, not a UAA.
Token client_token(Http& http, const Endpoint& uaa, const std::string& client,
                   const Secret& secret);
Token user_token(Http& http, const Endpoint& uaa, const std::string& user, const Secret& password);
Token refreshed_token(Http& http, const Endpoint& uaa, const Secret& refresh);

}  // namespace upkeep::bosh
