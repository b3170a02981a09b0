#include "net/authorities.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <new>

#include "core/failure.h"
#include "core/limits.h"
#include "net/ca_bundle.h"
#include "system/files.h"

namespace upkeep {

namespace {

constexpr std::array<const char*, 4> system_bundles{"/etc/ssl/certs/ca-certificates.crt",
                                                    "/etc/pki/tls/certs/ca-bundle.crt",
                                                    "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};

// The store, or nothing where the text holds no certificate. Throws Failure for one that is
// damaged: what stands behind it would be missing in silence.
std::shared_ptr<X509_STORE> make_store(std::string_view pem, const std::string& doing) {
    std::shared_ptr<X509_STORE> store(X509_STORE_new(), X509_STORE_free);
    const std::shared_ptr<BIO> text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                    BIO_free);
    if (!store || !text) {
        throw std::bad_alloc();
    }
    int count = 0;
    while (X509* raw = PEM_read_bio_X509_AUX(text.get(), nullptr, nullptr, nullptr)) {
        const std::shared_ptr<X509> certificate(raw, X509_free);
        if (X509_STORE_add_cert(store.get(), raw) != 1) {
            throw std::bad_alloc();
        }
        ++count;
    }
    const unsigned long error = ERR_peek_last_error();
    ERR_clear_error();
    if (ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE) {
        throw std::bad_alloc();
    }
    if (ERR_GET_LIB(error) != ERR_LIB_PEM || ERR_GET_REASON(error) != PEM_R_NO_START_LINE) {
        throw Failure(doing, "certificate " + std::to_string(count + 1) + " in it is damaged",
                      "Give whole certificates in PEM, with their line breaks.");
    }
    // An intermediate authority that is trusted by name needs no root.
    X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);
    return count > 0 ? store : nullptr;
}

}  // namespace

Authorities AuthorityStores::get(const std::optional<std::string>& ca_cert) {
    const std::lock_guard lock(mutex_);
    const std::string key = ca_cert.value_or("");
    if (const auto known = stores_.find(key); known != stores_.end()) {
        return known->second;
    }
    Authorities authorities;
    if (ca_cert) {
        authorities = {make_store(*ca_cert, "reading ca_cert"), "ca_cert"};
        if (!authorities.store) {
            throw Failure("reading ca_cert", "it holds no certificate that can be read",
                          "Give the authority's certificate in PEM, with its line breaks.");
        }
    } else {
        authorities = usual();
    }
    return stores_.emplace(key, authorities).first->second;
}

Authorities AuthorityStores::usual() {
    if (const auto path = environment_.get("SSL_CERT_FILE")) {
        const std::string doing = "reading the authorities in SSL_CERT_FILE, " + *path;
        const auto store =
            make_store(read_file(*path, limits::certificates_bytes, doing, stop_), doing);
        if (!store) {
            throw Failure(doing, "it holds no certificate that can be read");
        }
        return {store, *path};
    }
    for (const char* path : system_bundles) {
        if (!is_regular_file(path)) {  // of a pipe nothing may come, and all transfers would wait
            continue;
        }
        try {
            const std::string doing = std::string("reading the authorities in ") + path;
            if (const auto store =
                    make_store(read_file(path, limits::certificates_bytes, doing, stop_), doing)) {
                return {store, path};
            }
        } catch (const Stopped&) {
            throw;
        } catch (const Failure&) {
            // Not readable or damaged: the next one.
        }
    }
    return {make_store(debian_ca_bundle(), "reading Debian's authorities"),
            "Debian's authorities within upkeep"};
}

}  // namespace upkeep
