// The private key that signs in at a jumpbox.
#pragma once

#include <optional>
#include <string>

#include "core/secret.h"

namespace upkeep {

// Why it cannot be used, or nothing: it is a path, a public key, encrypted by a passphrase. A key
// that is damaged within is found out only when it is used.
std::optional<std::string> problem_of_private_key(const Secret& key);

}  // namespace upkeep
