// What went wrong with a transfer, in plain words.
#include <stdexcept>
#include <string>

#include "core/limits.h"
#include "core/moment.h"
#include "net/retry.h"
#include "net/transfer.h"

namespace upkeep {

namespace {

constexpr const char* something_between =
    "Is something on the way (a proxy, a load balancer) that changes answers or ends connections? "
    "Its log, or the server's, should say more.";

long long_info(CURL* easy, CURLINFO info) {
    long value = 0;
    curl_easy_getinfo(easy, info, &value);
    return value;
}

}  // namespace

// curl takes a line of headers beyond its own limit for a lack of memory.
bool Transfer::is_endless_header() const {
    curl_off_t first_byte = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_STARTTRANSFER_TIME_T, &first_byte);
    return result_ == CURLE_OUT_OF_MEMORY && first_byte > 0 && !headers_ended_;
}

// The status with which a proxy has refused to connect or to pass a request on, or 0.
long Transfer::proxy_refusal() const {
    constexpr long sign_in_to_the_proxy = 407;
    if (proxy_ && long_info(easy_.get(), CURLINFO_RESPONSE_CODE) == sign_in_to_the_proxy) {
        return sign_in_to_the_proxy;  // whole or cut off
    }
    const long status = long_info(easy_.get(), CURLINFO_HTTP_CONNECTCODE);
    return result_ != CURLE_OK && status >= 300 ? status : 0;
}

bool Transfer::is_too_large() const {
    return body_too_large_ || result_ == CURLE_FILESIZE_EXCEEDED;
}

std::string Transfer::said() const {
    return error_[0] != '\0' ? error_.data() : curl_easy_strerror(result_);
}

// What the server means, not what the network does: another try would bring the same. For chunks of
// a wrong size curl has the code of a connection that is lost.
bool Transfer::is_broken_http() const {
    return !broken_.empty() || result_ == CURLE_WEIRD_SERVER_REPLY ||
           (result_ == CURLE_RECV_ERROR && said().ends_with("chunked-encoding"));
}

bool Transfer::speaks_no_tls() const {
    return result_ == CURLE_SSL_CONNECT_ERROR &&
           said().find("wrong version number") != std::string::npos;
}

// Before a proxy has answered to CONNECT, there is no other TLS than its own.
bool Transfer::is_at_a_tls_proxy() const {
    return proxy_ && proxy_->scheme == "https" &&
           long_info(easy_.get(), CURLINFO_HTTP_CONNECTCODE) == 0;
}

// curl says that nothing came, where no header was whole.
std::string Transfer::where_cut() const {
    curl_off_t first_byte = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_STARTTRANSFER_TIME_T, &first_byte);
    return result_ != CURLE_GOT_NOTHING          ? said()
           : header_bytes_ > 0 || first_byte > 0 ? "within its headers"
                                                 : "before its first byte";
}

bool Transfer::verification_failed() const {
    return result_ == CURLE_PEER_FAILED_VERIFICATION && peer_ && peer_->seen;
}

std::string Transfer::verification_problem(Moment now) const {
    const bool is_proxys = is_at_a_tls_proxy();
    return certificate_problem(
        *peer_, is_proxys ? "the certificate of the proxy " + proxy_->shown() : "its certificate",
        is_proxys ? proxy_->host : reached().host, authorities_.origin, now);
}

// Where the last redirect that was followed has led.
Url Transfer::reached() const {
    const char* url = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_EFFECTIVE_URL, &url);
    try {
        return parse_url(url == nullptr ? "" : url);
    } catch (const std::invalid_argument&) {
        return request_.endpoint->url;  // one that curl has refused too
    }
}

SocksFailure Transfer::socks() const {
    const Url target = reached();
    return socks_failure(static_cast<CURLproxycode>(long_info(easy_.get(), CURLINFO_PROXY_ERROR)),
                         target.host + ":" + target.port, proxy_->shown());
}

std::optional<SshFailure> Transfer::ssh_failure() const {
    auto failure = progress_ ? progress_->failure() : std::nullopt;
    if (!failure && progress_ && result_ == CURLE_OPERATION_TIMEDOUT &&
        !progress_->stage().empty()) {
        failure = SshFailure("it took too long" + via_ + ", waiting " + progress_->stage(),
                             "Is it up, and may it be reached from where it is waited for?", true);
    }
    return failure;
}

std::string Transfer::redirected() const {
    const auto origin = [](Url url) {
        url.path.clear();
        url.query.clear();
        return url.shown();
    };
    const std::string there = origin(reached());
    return there == origin(request_.endpoint->url) ? "" : "after a redirect to " + there + ": ";
}

// Of a name what it led to; in the order of the tries, one for each family at least.
std::string Transfer::tried() const {
    curl_off_t connected = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONNECT_TIME_T, &connected);
    const std::string host = proxy_ ? proxy_->host : reached().host;
    if (connected > 0 || tried_.empty() || host == tried_[0] || host == "[" + tried_[0] + "]") {
        return "";
    }
    std::string text;
    for (const std::string& address : tried_) {
        text += (text.empty() ? "; tried " : ", ") + address;
    }
    return text;
}

std::string Transfer::unresolved(const std::string& why) const {
    const bool is_proxys = proxy_ && result_ != CURLE_COULDNT_RESOLVE_HOST;
    return is_proxys ? "the name of the proxy " + why + via_
                     : "the name " + reached().host + " " + why;
}

// The time was not over before any address was known.
bool Transfer::is_resolved() const {
    const char* address = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_PRIMARY_IP, &address);
    return !tried_.empty() || (address != nullptr && *address != '\0');
}

std::string Transfer::reason(Moment now) const {
    return redirected() + failure(now);
}

std::string Transfer::failure(Moment now) const {
    const std::string said = this->said();
    if (is_too_large()) {
        return "the answer is larger than " + size_text(request_.body_limit);
    }
    if (headers_too_large_) {
        return "the answer's headers are larger than " + size_text(limits::header_bytes);
    }
    if (verification_failed()) {
        return verification_problem(now);
    }
    if (const auto failure = ssh_failure()) {
        return failure->why();
    }
    if (const long status = proxy_refusal(); status != 0) {
        return "refused" + via_ + " (" + std::to_string(status) + ")";
    }
    if (is_broken_http()) {
        return "its answer is broken HTTP" + via_ + " (" + (broken_.empty() ? said : broken_) + ")";
    }
    if (speaks_no_tls()) {
        return (is_at_a_tls_proxy() ? "the proxy " + proxy_->shown() : "it") +
               " does not speak TLS (" + said + ")";
    }
    return curl_failure(said);
}

// What is left for curl's own code to say.
std::string Transfer::curl_failure(const std::string& said) const {
    switch (result_) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_RESOLVE_PROXY:
            return unresolved("cannot be resolved (" + said + ")");
        case CURLE_COULDNT_CONNECT:
            return "no connection could be made" + via_ + " (" + said + tried() + ")";
        case CURLE_OPERATION_TIMEDOUT:
            return is_resolved() ? "it took too long" + via_ + " (" + said + tried() + ")"
                                 : unresolved("was not resolved in time (" + said + ")");
        case CURLE_PROXY:
            return socks().why + " (" + said + ")";
        case CURLE_TOO_MANY_REDIRECTS:
            return "it redirects more than " + std::to_string(limits::redirects) + " times";
        case CURLE_PARTIAL_FILE:
        case CURLE_GOT_NOTHING:
        case CURLE_RECV_ERROR:
            return "the answer was cut off" + via_ + " (" + where_cut() + ")";
        case CURLE_SEND_ERROR:
            return "the request could not be sent" + via_ + " (" + said + ")";
        case CURLE_SSL_CACERT_BADFILE:
            return "ca_cert holds something that cannot be read (" + said + ")";
        case CURLE_BAD_CONTENT_ENCODING:
            return said.starts_with("Unrecognized")
                       ? "its answer is in a coding that was not asked for"
                       : "its compressed answer is damaged (" + said + ")";
        case CURLE_SSL_CONNECT_ERROR:
            return "TLS could not be set up" + via_ + " (" + said + ")";
        case CURLE_URL_MALFORMAT:  // the request's own URL was read before
            return "it redirects to something that is not allowed (" + said + ")";
        case CURLE_UNSUPPORTED_PROTOCOL:
            return request_.endpoint->url.scheme == "https" && reached().scheme == "http"
                       ? "from https to http is not allowed"
                       : "it does not answer in HTTP" + via_ + " (" + said + ")";
        default:
            return said + via_;
    }
}

std::string Transfer::advice() const {
    if (verification_failed()) {
        return certificate_advice(*peer_);
    }
    if (const auto failure = ssh_failure()) {
        return failure->advice();
    }
    if (const long status = proxy_refusal(); status != 0) {
        return status < 400   ? "Does the proxy want a sign-in on a page of its own first?"
               : status < 500 ? "Are the user and password in the proxy's URL right, and may it "
                                "connect there?"
                              : "The proxy's own log should say more.";
    }
    if (result_ == CURLE_COULDNT_RESOLVE_HOST || result_ == CURLE_COULDNT_RESOLVE_PROXY ||
        (result_ == CURLE_OPERATION_TIMEDOUT && !is_resolved())) {
        return "Is the name right, and does /etc/resolv.conf name a server that knows it?";
    }
    if (is_too_large()) {
        return "Is the URL right? Upkeep reads no more of one answer.";
    }
    if (headers_too_large_) {
        return "Is it the right server, and does nothing on the way (a proxy) add headers?";
    }
    if (speaks_no_tls()) {
        return "Is it http:// on this port, not https://? Or is the port another one?";
    }
    switch (result_) {
        case CURLE_COULDNT_CONNECT:
        case CURLE_OPERATION_TIMEDOUT:
            return "Is it up, and may this machine reach it? A proxy can be given as `proxy`.";
        case CURLE_PROXY:
            return socks().advice;
        case CURLE_SSL_CONNECT_ERROR:
            return "Is it an https server, not http://, on this port?";
        case CURLE_SSL_CACERT_BADFILE:
            return "Give certificates alone in PEM, no key.";
        case CURLE_TOO_MANY_REDIRECTS:
            return "Does it want a sign-in, or does something on the way redirect too? Give the "
                   "URL that answers by itself.";
        case CURLE_URL_MALFORMAT:
            return "Give the URL of what it should lead to, if that is known.";
        case CURLE_UNSUPPORTED_PROTOCOL:
            return reached().scheme == request_.endpoint->url.scheme
                       ? "Is the port right, and does it want http://, or https://?"
                       : "Mend the redirect there, or give the https:// URL that answers by "
                         "itself.";
        default:
            return something_between;
    }
}

bool Transfer::may_pass() const {
    if (const long status = proxy_refusal(); status != 0) {
        return is_passing(status);
    }
    if (const auto failure = ssh_failure()) {
        return failure->may_pass();
    }
    if (is_broken_http() || speaks_no_tls()) {
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
        case CURLE_PROXY:
            return socks().may_pass;
        default:
            return false;
    }
}

bool Transfer::may_be_repeated() const {
    long sent = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_REQUEST_SIZE, &sent);
    return !handed_over_ && (sent == 0 || request_.may_be_repeated());
}

}  // namespace upkeep
