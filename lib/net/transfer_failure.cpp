// What went wrong with a transfer, in plain words.
#include <openssl/x509_vfy.h>

#include <string>

#include "core/limits.h"
#include "core/moment.h"
#include "net/transfer.h"

namespace upkeep {

namespace {

long long_info(CURL* easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

}  // namespace

// The status with which a proxy has refused to connect, or 0.
long Transfer::proxy_refusal() const {
    const long status = long_info(easy_.get(), CURLINFO_HTTP_CONNECTCODE);
    return result_ != CURLE_OK && status >= 400 && status < 500 ? status : 0;
}

bool Transfer::verification_failed() const {
    return result_ == CURLE_PEER_FAILED_VERIFICATION;
}

// curl's own text for a name that does not match is better than OpenSSL's, which has none.
std::string Transfer::verification_problem() const {
    const long code = long_info(easy_.get(), CURLINFO_SSL_VERIFYRESULT);
    return code == X509_V_OK ? std::string(error_.data())
                             : std::string(X509_verify_cert_error_string(code));
}

std::string Transfer::reason() const {
    const std::string said = error_[0] != '\0' ? error_.data() : curl_easy_strerror(result_);
    if (body_too_large_ || result_ == CURLE_FILESIZE_EXCEEDED) {
        return "the answer is larger than " + size_text(request_.body_limit);
    }
    if (headers_too_large_) {
        return "the answer's headers are larger than " + size_text(limits::header_bytes);
    }
    if (verification_failed()) {
        return "its certificate is not trusted (" + verification_problem() +
               "); authorities used: " + authorities_.origin;
    }
    if (const long status = proxy_refusal(); status != 0) {
        return "refused" + via_ + " (" + std::to_string(status) + ")";
    }
    switch (result_) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "the name " + request_.endpoint->url.host + " cannot be resolved (" + said + ")";
        case CURLE_COULDNT_RESOLVE_PROXY:
            return "the name of the proxy cannot be resolved (" + said + ")" + via_;
        case CURLE_COULDNT_CONNECT:
            return "no connection could be made" + via_ + " (" + said + ")";
        case CURLE_OPERATION_TIMEDOUT:
            return "it took too long" + via_ + " (" + said + ")";
        case CURLE_TOO_MANY_REDIRECTS:
            return "it redirects more than " + std::to_string(limits::redirects) + " times";
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR:
            return "the answer was cut off" + via_ + " (" + said + ")";
        case CURLE_SSL_CONNECT_ERROR:
            return "TLS could not be set up" + via_ + " (" + said + ")";
        case CURLE_UNSUPPORTED_PROTOCOL:
            return "it redirects to something that is not allowed (" + said + ")";
        default:
            return said + via_;
    }
}

std::string Transfer::advice() const {
    if (verification_failed()) {
        switch (long_info(easy_.get(), CURLINFO_SSL_VERIFYRESULT)) {
            case X509_V_OK:
                return "Is it the right host? The certificate was made for another name.";
            case X509_V_ERR_CERT_HAS_EXPIRED:
            case X509_V_ERR_CERT_NOT_YET_VALID:
                return "Renew it; if it is fine, look at this machine's clock.";
            default:
                return "Give the certificate of the authority that signed it as ca_cert.";
        }
    }
    if (proxy_refusal() != 0) {
        return "Are the user and password in the proxy's URL right, and may it connect there?";
    }
    switch (result_) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return "Is the name right, and does /etc/resolv.conf name a server that knows it?";
        case CURLE_COULDNT_CONNECT:
        case CURLE_OPERATION_TIMEDOUT:
            return "Is it up, and may this machine reach it? A proxy can be given as `proxy`.";
        case CURLE_SSL_CONNECT_ERROR:
            return "Is it an https server, on this port?";
        default:
            return "";
    }
}

bool Transfer::may_pass() const {
    if (proxy_refusal() != 0) {
        return false;
    }
    switch (result_) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
        case CURLE_COULDNT_CONNECT:
        case CURLE_OPERATION_TIMEDOUT:
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR:
        case CURLE_SEND_ERROR:
        case CURLE_SSL_CONNECT_ERROR:
            return true;
        default:
            return false;
    }
}

}  // namespace upkeep
