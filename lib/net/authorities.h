// Which certificate authorities are trusted: the endpoint's ca_cert, else SSL_CERT_FILE, else the
// system's usual bundles, else Debian's, compiled in.
#pragma once

#include <openssl/ossl_typ.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "system/environment.h"
#include "system/stop.h"

namespace upkeep {

struct Authorities {
    std::shared_ptr<X509_STORE> store;
    std::string origin;  // "ca_cert", "/etc/ssl/certs/ca-certificates.crt", ...
};

// Reads each set once. From any thread.
class AuthorityStores {
  public:
    AuthorityStores(const Environment& environment, const Stop& stop)
        : environment_(environment), stop_(stop) {}

    // Throws Failure for a ca_cert or an SSL_CERT_FILE that holds no certificate.
    Authorities get(const std::optional<std::string>& ca_cert);

  private:
    Authorities usual();

    const Environment& environment_;
    const Stop& stop_;
    std::mutex mutex_;
    std::map<std::string, Authorities, std::less<>> stores_;  // by ca_cert, "" for the usual ones
};

}  // namespace upkeep
