// What a server's certificate says, noted while OpenSSL judges it: for messages alone.
#pragma once

#include <openssl/ossl_typ.h>

#include <memory>
#include <string>

#include "core/moment.h"

namespace upkeep {

struct PeerCertificate {
    bool seen = false;
    int problem = 0;            // OpenSSL's code of what is wrong with its chain, or X509_V_OK
    std::string hosts;          // "a.example, 10.0.0.6 and 2 more"
    bool is_authority = false;  // what follows is about an authority in the chain, not the server
    std::string subject;
    std::string issuer;
    Day first_day;
    Day last_day;
};

// From now on notes in the result what is verified for `context`, which shares it. Throws
// std::bad_alloc.
std::shared_ptr<const PeerCertificate> note_peer(SSL_CTX* context);

// What is wrong with it, in plain words, and what to do. `whose` is "its certificate", `host` what
// it should have been for.
std::string certificate_problem(const PeerCertificate& peer, const std::string& whose,
                                const std::string& host, const std::string& authorities,
                                Moment now);
std::string certificate_advice(const PeerCertificate& peer);

}  // namespace upkeep
