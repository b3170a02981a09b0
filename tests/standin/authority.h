// Makes certificates: an authority of its own and leaves that it signs, through OpenSSL's C API.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "settings.h"

namespace standin {

struct Identity {
    std::string certificate;  // PEM
    std::string key;          // PEM
};

class Authority {
  public:
    // Throws std::runtime_error when OpenSSL refuses, as everything here does.
    explicit Authority(const std::string& common_name, bool expired = false);

    std::string pem() const;
    Identity issue(const Certificate& wanted) const;

  private:
    struct Release {
        void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
        void operator()(X509* certificate) const { X509_free(certificate); }
    };
    using Key = std::unique_ptr<EVP_PKEY, Release>;
    using Body = std::unique_ptr<X509, Release>;

    static Key make_key(bool rsa);
    static Body make_body(EVP_PKEY* key, const std::string& common_name, long starts, long ends);
    static void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value);

    Key key_;
    Body certificate_;
};

}  // namespace standin
