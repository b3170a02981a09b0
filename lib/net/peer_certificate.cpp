#include "net/peer_certificate.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <new>
#include <vector>

#include "core/text.h"

namespace upkeep {

namespace {

using Shared = std::shared_ptr<PeerCertificate>;

std::string text_of(const ASN1_STRING* text) {
    const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(text));
    return in_brief({data, static_cast<std::size_t>(ASN1_STRING_length(text))});
}

// The first of these that the name has.
std::string common_name(const X509_NAME* name) {
    for (const int part : {NID_commonName, NID_organizationalUnitName, NID_organizationName}) {
        const int at = X509_NAME_get_index_by_NID(name, part, -1);
        if (at >= 0) {
            return text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
        }
    }
    return "";
}

std::string address_text(const ASN1_STRING* address) {
    const int family = ASN1_STRING_length(address) == 4 ? AF_INET : AF_INET6;
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (family == AF_INET6 && ASN1_STRING_length(address) != 16) {
        return "an address that is none";
    }
    inet_ntop(family, ASN1_STRING_get0_data(address), text.data(), text.size());
    return text.data();
}

std::vector<std::string> hosts_of(const X509* certificate) {
    std::vector<std::string> hosts;
    const std::shared_ptr<GENERAL_NAMES> names(
        static_cast<GENERAL_NAMES*>(
            X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
        GENERAL_NAMES_free);
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            hosts.push_back(text_of(name->d.dNSName));
        } else if (name->type == GEN_IPADD) {
            hosts.push_back(address_text(name->d.iPAddress));
        }
    }
    if (hosts.empty()) {
        hosts.push_back(common_name(X509_get_subject_name(certificate)));
    }
    return hosts;
}

std::string listed(const std::vector<std::string>& hosts) {
    constexpr std::size_t most = 5;
    std::string text;
    for (std::size_t i = 0; i < std::min(hosts.size(), most); ++i) {
        text += (i == 0 ? "" : ", ") + hosts[i];
    }
    return hosts.size() > most ? text + " and " + std::to_string(hosts.size() - most) + " more"
                               : text;
}

Day day_of_time(const ASN1_TIME* time) {
    std::tm parts{};
    ASN1_TIME_to_tm(time, &parts);
    return std::chrono::year(parts.tm_year + 1900) /
           std::chrono::month(static_cast<unsigned>(parts.tm_mon) + 1) /
           std::chrono::day(static_cast<unsigned>(parts.tm_mday));
}

void note(PeerCertificate& peer, X509_STORE_CTX* verified) {
    const X509* leaf = X509_STORE_CTX_get0_cert(verified);
    const X509* culprit = X509_STORE_CTX_get_current_cert(verified);
    if (leaf == nullptr) {
        return;
    }
    if (culprit == nullptr) {
        culprit = leaf;
    }
    peer.problem = X509_STORE_CTX_get_error(verified);
    peer.hosts = listed(hosts_of(leaf));
    peer.is_authority = X509_STORE_CTX_get_error_depth(verified) > 0;
    peer.subject = common_name(X509_get_subject_name(culprit));
    peer.issuer = common_name(X509_get_issuer_name(culprit));
    peer.first_day = day_of_time(X509_get0_notBefore(culprit));
    peer.last_day = day_of_time(X509_get0_notAfter(culprit));
    peer.seen = true;
}

// Called by C code: nothing may be thrown through it.
int verify(X509_STORE_CTX* verified, void* peer) {
    const int good = X509_verify_cert(verified);
    ERR_set_mark();  // what a name that cannot be read leaves there would be taken for the
                     // handshake's
    try {
        note(*static_cast<PeerCertificate*>(peer), verified);
    } catch (const std::bad_alloc&) {
        static_cast<PeerCertificate*>(peer)->seen = false;  // the message will say less
    }
    ERR_pop_to_mark();
    return good;
}

void forget(void*, void* shared, CRYPTO_EX_DATA*, int, long, void*) {
    const std::unique_ptr<Shared> owner(static_cast<Shared*>(shared));
}

// What a connection kept for later requests outlives must not be the transfer's own.
void share_with(SSL_CTX* context, const Shared& peer) {
    static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, forget);
    auto shared = std::make_unique<Shared>(peer);
    if (SSL_CTX_set_ex_data(context, index, shared.get()) != 1) {
        throw std::bad_alloc();
    }
    static_cast<void>(shared.release());
}

std::string is_signed_by(const PeerCertificate& peer) {
    return peer.problem == X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
               ? " is self-signed, and"
               : " is signed by " + quoted(peer.issuer) + ", which is";
}

std::string as_of(Moment now) {
    return " (this machine's clock says " + to_text(now) + ")";
}

}  // namespace

std::shared_ptr<const PeerCertificate> note_peer(SSL_CTX* context) {
    const auto peer = std::make_shared<PeerCertificate>();
    share_with(context, peer);
    SSL_CTX_set_cert_verify_callback(context, verify, peer.get());
    return peer;
}

std::string certificate_problem(const PeerCertificate& peer, const std::string& whose,
                                const std::string& host, const std::string& authorities,
                                Moment now) {
    const std::string dated =
        peer.is_authority ? whose + " is signed by " + quoted(peer.subject) + ", whose own" : whose;
    switch (peer.problem) {
        case X509_V_OK:
            return whose + " is for " + (peer.hosts.empty() ? "no host" : peer.hosts) +
                   ", not for " + host;
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return dated + " has expired on " + to_text(peer.last_day) + as_of(now);
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return dated + " is not valid before " + to_text(peer.first_day) + as_of(now);
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return whose + is_signed_by(peer) + " not among the authorities used: " + authorities;
        default:
            return whose + " is not trusted (" + X509_verify_cert_error_string(peer.problem) +
                   "); authorities used: " + authorities;
    }
}

std::string certificate_advice(const PeerCertificate& peer) {
    switch (peer.problem) {
        case X509_V_OK:
            return "Is it the right host? Then name it as the certificate does, or renew that.";
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return "Is this machine's clock right? If it is, the certificate has to be renewed.";
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "Is this machine's clock right? If it is, that of the one that made it was not: "
                   "wait, or have it made anew.";
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return "If it is the right one, give it as ca_cert.";
        default:
            return "Give the certificate of the authority that signed it as ca_cert.";
    }
}

}  // namespace upkeep
