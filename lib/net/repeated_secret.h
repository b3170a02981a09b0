// What a server answers may hold the secret that it was asked with; what is read of an answer is
// shown in reports, so such an answer is not read at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "net/endpoint.h"

namespace upkeep {

// In bytes: what is shorter may be there by chance.
inline constexpr std::size_t surely_a_secret = 8;

// Whether `body` holds a password or token of the endpoint, or one of `more`, of at least
// `shortest` bytes: as it is, as part of a URL, or as the header of basic authentication; each with
// JSON's escapes too.
bool repeats_secret(std::string_view body, const Endpoint& endpoint,
                    const std::vector<Secret>& more, std::size_t shortest);

// Throws Failure(doing, ...) where it holds one that is surely_a_secret.
void refuse_repeated_secret(std::string_view body, const Endpoint& endpoint,
                            const std::string& doing);

}  // namespace upkeep
