#include "authority.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstdint>
#include <stdexcept>

namespace standin {
namespace {

constexpr long a_day = 86'400;
constexpr long version_3 = 2;

void must(bool worked, const char* what) {
    if (!worked) {
        throw std::runtime_error(std::string("making certificates: ") + what + " failed");
    }
}

template <typename Write>
std::string pem_of(Write write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    must(memory != nullptr && write(memory.get()) == 1, "writing PEM");
    std::string text;
    std::array<char, 4096> piece{};
    for (int got = 0; (got = BIO_read(memory.get(), piece.data(), int{piece.size()})) > 0;) {
        text.append(piece.data(), static_cast<std::size_t>(got));
    }
    return text;
}

bool is_address(const std::string& host) {
    return host.find_first_not_of("0123456789.") == std::string::npos ||
           host.find(':') != std::string::npos;
}

std::string alternative_names(const std::vector<std::string>& hosts) {
    std::string names;
    for (const std::string& host : hosts) {
        names += (names.empty() ? "" : ",") + std::string(is_address(host) ? "IP:" : "DNS:") + host;
    }
    return names;
}

}  // namespace

Authority::Key Authority::make_key(bool rsa) {
    Key key(rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256"));
    must(key != nullptr, "making a key");
    return key;
}

Authority::Body Authority::make_body(EVP_PKEY* key, const std::string& common_name, long starts,
                                     long ends) {
    Body body(X509_new());
    must(body != nullptr, "making a certificate");
    std::uint32_t serial = 0;
    must(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1,
         "a serial number");
    must(X509_set_version(body.get(), version_3) == 1, "setting the version");
    must(ASN1_INTEGER_set_uint64(X509_get_serialNumber(body.get()), serial) == 1,
         "the serial number");
    must(X509_gmtime_adj(X509_getm_notBefore(body.get()), starts) != nullptr, "the first day");
    must(X509_gmtime_adj(X509_getm_notAfter(body.get()), ends) != nullptr, "the last day");
    must(X509_NAME_add_entry_by_txt(X509_get_subject_name(body.get()), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(common_name.c_str()), -1,
                                    -1, 0) == 1,
         "setting the name");
    must(X509_set_pubkey(body.get(), key) == 1, "setting the key");
    return body;
}

void Authority::add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()), &X509_EXTENSION_free);
    must(extension != nullptr, value.c_str());
    must(X509_add_ext(certificate, extension.get(), -1) == 1, "adding an extension");
}

Authority::Authority(const std::string& common_name, bool expired)
    : key_(make_key(false)),
      certificate_(make_body(key_.get(), common_name, -2 * a_day, expired ? -a_day : 30 * a_day)) {
    X509* const own = certificate_.get();
    must(X509_set_issuer_name(own, X509_get_subject_name(own)) == 1, "setting the issuer");
    add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(own, own, NID_subject_key_identifier, "hash");
    must(X509_sign(own, key_.get(), EVP_sha256()) > 0, "signing");
}

std::string Authority::pem() const {
    return pem_of([this](BIO* memory) { return PEM_write_bio_X509(memory, certificate_.get()); });
}

Identity Authority::issue(const Certificate& wanted) const {
    const Key key = make_key(wanted.rsa);
    const long ends = wanted.expired ? -a_day : 10 * a_day;
    const std::string name = wanted.hosts.empty() ? "nobody" : wanted.hosts.front();
    const Body leaf = make_body(key.get(), name, wanted.early ? a_day : -2 * a_day, ends);
    X509* const issuer = wanted.self_signed ? leaf.get() : certificate_.get();
    must(X509_set_issuer_name(leaf.get(), X509_get_subject_name(issuer)) == 1,
         "setting the issuer");
    add_extension(leaf.get(), issuer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(leaf.get(), issuer, NID_ext_key_usage, "serverAuth");
    if (!wanted.self_signed) {
        add_extension(leaf.get(), issuer, NID_authority_key_identifier, "keyid");
    }
    if (!wanted.hosts.empty()) {
        add_extension(leaf.get(), issuer, NID_subject_alt_name, alternative_names(wanted.hosts));
    }
    EVP_PKEY* const signer = wanted.self_signed ? key.get() : key_.get();
    must(X509_sign(leaf.get(), signer, EVP_sha256()) > 0, "signing");
    return {
        pem_of([&](BIO* memory) { return PEM_write_bio_X509(memory, leaf.get()); }),
        pem_of([&](BIO* memory) {
            return PEM_write_bio_PrivateKey(memory, key.get(), nullptr, nullptr, 0, nullptr,
                                            nullptr);
        }),
    };
}

}  // namespace standin
