#include "core/openssl.h"

#include <openssl/crypto.h>

#include <new>

namespace upkeep {

void initialize_openssl() {
    // An index is refused exactly when the default context could not be made.
    if (CRYPTO_get_ex_new_index(CRYPTO_EX_INDEX_APP, 0, nullptr, nullptr, nullptr, nullptr) < 0 ||
        OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr) != 1) {
        throw std::bad_alloc();
    }
}

}  // namespace upkeep
