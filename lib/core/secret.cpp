#include "core/secret.h"

#include <openssl/crypto.h>

namespace upkeep {

Secret::~Secret() {
    OPENSSL_cleanse(text_.data(), text_.size());
}

}  // namespace upkeep
