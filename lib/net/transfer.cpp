#include "net/transfer.h"

#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <new>
#include <string>
#include <string_view>

#include "core/failure.h"
#include "core/limits.h"
#include "core/linked_libraries.h"

namespace upkeep {

Transfer::Transfer(const HttpRequest& request, const std::optional<Url>& proxy,
                   AuthorityStores& stores)
    : request_(request), stores_(stores), proxy_(proxy), easy_(curl_easy_init()) {
    if (!easy_) {
        throw std::bad_alloc();
    }
    set_target();
    set_method();
    set_sign_in();
    set_proxy();
    set_limits();
    set_callbacks();
    set_authorities();
}

template <typename Value>
void Transfer::set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(easy_.get(), option, value);
    if (code == CURLE_OUT_OF_MEMORY) {
        throw std::bad_alloc();
    }
    if (code != CURLE_OK) {
        throw Failure("preparing a request, option " + std::to_string(option),
                      curl_easy_strerror(code), "This is a mistake in upkeep.");
    }
}

void Transfer::set_target() {
    const std::string agent = "upkeep/" + std::string(upkeep_version());
    set(CURLOPT_URL, request_.url().text().c_str());
    set(CURLOPT_USERAGENT, agent.c_str());
    set(CURLOPT_ACCEPT_ENCODING, "");  // all that curl can read
    set(CURLOPT_FOLLOWLOCATION, request_.follow_redirects && request_.method == "GET" ? 1L : 0L);
    set(CURLOPT_MAXREDIRS, static_cast<long>(limits::redirects));
    const bool tls = request_.endpoint->url.scheme == "https";
    set(CURLOPT_PROTOCOLS_STR, tls ? "https" : "http");
    set(CURLOPT_REDIR_PROTOCOLS_STR, tls ? "https" : "http,https");
    set(CURLOPT_NOSIGNAL, 1L);
}

void Transfer::set_method() {
    if (request_.method != "GET") {
        // The body first: setting one makes a POST of it.
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        set(CURLOPT_POSTFIELDS, request_.body.data());
        set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
        add_header("Expect:");  // not to wait a second for a server that does not know it
    }
    for (const HttpHeader& header : request_.headers) {
        add_header(header.name + ": " + header.value);
    }
    set(CURLOPT_HTTPHEADER, headers_.get());
}

void Transfer::add_header(const std::string& line) {
    curl_slist* const longer = curl_slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) {
        throw std::bad_alloc();
    }
    static_cast<void>(headers_.release());
    headers_.reset(longer);
}

// curl sends neither of both to another host, scheme or port that the server redirects to.
void Transfer::set_sign_in() {
    const Endpoint& endpoint = *request_.endpoint;
    if (endpoint.username) {
        set(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
        set(CURLOPT_USERNAME, endpoint.username->c_str());
        set(CURLOPT_PASSWORD, endpoint.password->reveal().c_str());
    }
    if (endpoint.token) {
        set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        set(CURLOPT_XOAUTH2_BEARER, endpoint.token->reveal().c_str());
    }
}

void Transfer::set_proxy() {
    // Empty texts, not unset: curl would look into the environment by itself.
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_PROXY, proxy_ ? proxy_->text().c_str() : "");
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!proxy_) {
        return;
    }
    // curl takes 1080 where a URL names none, everybody else the scheme's own.
    set(CURLOPT_PROXYPORT, std::stol(proxy_->port));
    via_ = " through the proxy " + proxy_->shown();
    if (proxy_->username) {
        set(CURLOPT_PROXYUSERNAME, proxy_->username->c_str());
        set(CURLOPT_PROXYPASSWORD, proxy_->password ? proxy_->password->reveal().c_str() : "");
    }
}

void Transfer::set_limits() {
    const auto seconds = [](std::chrono::seconds time) { return static_cast<long>(time.count()); };
    set(CURLOPT_CONNECTTIMEOUT, seconds(limits::connect_time));
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, seconds(limits::silence_time));
    set(CURLOPT_TIMEOUT, seconds(request_.endpoint->timeout));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request_.body_limit));
}

void Transfer::set_callbacks() {
    set(CURLOPT_ERRORBUFFER, error_.data());
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, this);
}

// A ca_cert goes to curl itself, which opens no connection with one and reuses it for another. The
// usual authorities are many: they are read once, and only when TLS begins, which a redirect can
// bring too.
void Transfer::set_authorities() {
    set(CURLOPT_CAINFO, static_cast<const char*>(nullptr));
    set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    set(CURLOPT_SSL_CTX_FUNCTION, &Transfer::on_tls);
    set(CURLOPT_SSL_CTX_DATA, this);
    const std::optional<std::string>& ca_cert = request_.endpoint->ca_cert;
    if (!ca_cert) {
        return;
    }
    authorities_ = stores_.get(ca_cert);
    curl_blob pem{};
    std::string copy = *ca_cert;  // curl's type is not const
    pem.data = copy.data();
    pem.len = copy.size();
    pem.flags = CURL_BLOB_COPY;
    set(CURLOPT_CAINFO_BLOB, &pem);
    set(CURLOPT_PROXY_CAINFO_BLOB, &pem);
}

// The callbacks are called by C code: nothing may be thrown through it.
std::size_t Transfer::on_body(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (transfer.body_.size() + size * count > transfer.request_.body_limit) {
        transfer.body_too_large_ = true;
        return 0;
    }
    try {
        transfer.body_.append(data, size * count);
    } catch (...) {
        transfer.exception_ = std::current_exception();
        return 0;
    }
    return size * count;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string_view line(data, size * count);
    transfer.header_bytes_ += line.size();
    transfer.headers_ended_ = line.starts_with('\r') || line.starts_with('\n');
    transfer.headers_too_large_ = transfer.header_bytes_ > limits::header_bytes;
    return transfer.headers_too_large_ ? 0 : size * count;
}

CURLcode Transfer::on_tls(CURL*, void* context, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    auto* const tls = static_cast<SSL_CTX*>(context);
    try {
        transfer.peer_ = note_peer(tls);
        if (!transfer.request_.endpoint->ca_cert) {
            transfer.authorities_ = transfer.stores_.get(std::nullopt);
            SSL_CTX_set1_cert_store(tls, transfer.authorities_.store.get());
        }
    } catch (...) {
        transfer.exception_ = std::current_exception();
        return CURLE_ABORTED_BY_CALLBACK;
    }
    return CURLE_OK;
}

bool Transfer::perform(TransferLoop& loop) {
    result_ = loop.perform(easy_.get());
    if (exception_) {
        std::rethrow_exception(exception_);
    }
    headers_too_large_ = headers_too_large_ || is_endless_header();
    return result_ == CURLE_OK && proxy_refusal() == 0;
}

HttpReply Transfer::take_reply() {
    HttpReply reply;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &reply.status);
    const char* type = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_TYPE, &type);
    reply.content_type = type == nullptr ? "" : type;
    const char* location = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_REDIRECT_URL, &location);
    reply.location = location == nullptr ? "" : location;
    reply.body = std::move(body_);
    return reply;
}

std::optional<std::chrono::seconds> Transfer::retry_after() const {
    curl_off_t wanted = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &wanted);
    return wanted > 0 ? std::optional(std::chrono::seconds(wanted)) : std::nullopt;
}

}  // namespace upkeep
