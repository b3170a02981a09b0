// OpenSSL, before anything of it is used.
#pragma once

namespace upkeep {

// It must not read a configuration of the host's, whatever asks for it later: the first call
// decides. Throws std::bad_alloc where there is no memory for it; OpenSSL itself would go on half
// made, and crash later.
void initialize_openssl();

}  // namespace upkeep
