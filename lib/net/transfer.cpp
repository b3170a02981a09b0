#include "net/transfer.h"

#include <array>
#include <new>
#include <string>
#include <string_view>

#include "core/digest.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/linked_libraries.h"

namespace upkeep {

Transfer::Transfer(const HttpRequest& request, const std::optional<Url>& proxy,
                   AuthorityStores& stores, SshTunnels& tunnels, Moment now)
    : request_(request),
      stores_(stores),
      tunnels_(tunnels),
      proxy_(proxy),
      easy_(curl_easy_init()) {
    if (!easy_) {
        throw std::bad_alloc();
    }
    set_target();
    set_method();
    set_headers(now);
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
    const char* const protocols = tls ? "https" : "http,https";
    // curl asks for both when it follows a redirect.
    set(CURLOPT_PROTOCOLS_STR, protocols);
    set(CURLOPT_REDIR_PROTOCOLS_STR, protocols);
    set(CURLOPT_NOSIGNAL, 1L);
}

void Transfer::set_method() {
    if (request_.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else if (request_.method != "GET") {
        set_body();  // first: setting one makes a POST or PUT of it
        set(CURLOPT_CUSTOMREQUEST, request_.method.c_str());
    }
    // On a connection that turns out to be dead curl would send the request a second time.
    set(CURLOPT_FRESH_CONNECT, request_.may_be_repeated() ? 0L : 1L);
}

void Transfer::set_body() {
    if (request_.body_source == nullptr) {
        if (request_.method == "DELETE" && request_.body.empty()) {
            return;  // none, which is not the same as an empty one
        }
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
        set(CURLOPT_POSTFIELDS, request_.body.data());
        return;
    }
    const std::optional<std::uint64_t> size = request_.body_source->size();
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, size ? static_cast<curl_off_t>(*size) : curl_off_t{-1});
    set(CURLOPT_READFUNCTION, &Transfer::on_read);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_SEEKFUNCTION, &Transfer::on_seek);
    set(CURLOPT_SEEKDATA, this);
    request_.body_source->rewind();
}

void Transfer::set_headers(Moment now) {
    for (const HttpHeader& header : request_.headers) {
        add_header(header);
    }
    if (request_.sign) {
        for (const HttpHeader& header : request_.sign(now)) {
            add_header(header);
        }
    }
    if (request_.method != "GET") {
        add_line("Expect:");  // not to wait a second for a server that does not know it
    }
    set(CURLOPT_HTTPHEADER, headers_.get());
}

void Transfer::add_header(const HttpHeader& header) {
    if (header.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
        throw Failure(request_.doing(), "the header " + header.name + " would hold a line break");
    }
    // By ":" and nothing behind it curl would leave the header out.
    add_line(header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
}

void Transfer::add_line(const std::string& line) {
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
    if (is_jumpbox(*proxy_)) {
        set_jumpbox();
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

// curl speaks SOCKS5 to the entrance that on_tunnel opens, whatever the proxy's address here is.
// The user is for curl alone, so that it opens no connection with one key and uses it for another.
void Transfer::set_jumpbox() {
    const Endpoint& endpoint = *request_.endpoint;
    const std::string jumpbox = proxy_->shown();
    const std::string user = proxy_->username.value_or("");
    const std::string host_keys = endpoint.proxy_host_key ? endpoint.proxy_host_key->shown() : "";
    const std::array<std::string_view, 4> facts{
        jumpbox, user,
        endpoint.proxy_key ? std::string_view(endpoint.proxy_key->reveal()) : std::string_view(),
        host_keys};
    via_ = " through the jumpbox " + jumpbox;
    set(CURLOPT_PROXY, "socks5h://127.0.0.1:1");
    set(CURLOPT_PROXYUSERNAME, digest_of(facts).c_str());
    set(CURLOPT_PROXYPASSWORD, "");
}

void Transfer::set_limits() {
    const auto seconds = [](std::chrono::seconds time) { return static_cast<long>(time.count()); };
    set(CURLOPT_CONNECTTIMEOUT, seconds(limits::connect_time));
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, seconds(request_.silence.value_or(request_.endpoint->silence)));
    set(CURLOPT_TIMEOUT, request_.endless ? 0L : seconds(request_.endpoint->timeout));
    if (request_.body_limit != limits::none) {
        // Of what the server announces; what it sends, and what that unpacks to, is counted too.
        set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(request_.body_limit));
    }
}

void Transfer::set_callbacks() {
    set(CURLOPT_ERRORBUFFER, error_.data());
    set(CURLOPT_WRITEFUNCTION, &Transfer::on_piece);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
    set(CURLOPT_HEADERDATA, this);
    const bool tunnels = proxy_ && is_jumpbox(*proxy_);
    set(CURLOPT_OPENSOCKETFUNCTION, tunnels ? &Transfer::on_tunnel : &Transfer::on_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
    if (request_.on_body) {
        flow_.emplace(Flow{[this](std::string_view piece) {
                               handed_over_ = true;
                               request_.on_body(piece);
                           },
                           "", false});
    }
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

bool Transfer::perform(TransferLoop& loop) {
    loop_ = &loop;
    result_ = loop.perform(easy_.get(), flow_ ? &*flow_ : nullptr);
    if (exception_) {
        std::rethrow_exception(exception_);
    }
    headers_too_large_ = headers_too_large_ || is_endless_header();
    if (result_ == CURLE_OK && !headers_ended_) {
        // curl takes a connection that ends within the headers for the end of an empty answer.
        result_ = CURLE_GOT_NOTHING;
    }
    return result_ == CURLE_OK && proxy_refusal() == 0;
}

std::optional<std::string> Transfer::header(const std::string& name) const {
    curl_header* header = nullptr;
    const bool is_there =
        curl_easy_header(easy_.get(), name.c_str(), 0, CURLH_HEADER, -1, &header) == CURLHE_OK;
    return is_there ? std::optional<std::string>(header->value) : std::nullopt;
}

HttpReply Transfer::take_reply() {
    HttpReply reply;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &reply.status);
    const char* type = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_TYPE, &type);
    reply.content_type = type == nullptr ? "" : type;
    if (!request_.wanted_header.empty()) {
        reply.header = header(request_.wanted_header);
    }
    reply.says_its_end = header("Content-Length") || header("Transfer-Encoding");
    const char* location = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_REDIRECT_URL, &location);
    reply.location = location == nullptr ? "" : location;
    if (proxy_ && proxy_->scheme.starts_with("http") && reached().scheme == "http") {
        reply.proxy = proxy_->shown();
    }
    reply.body = std::move(body_);
    return reply;
}

std::optional<std::chrono::seconds> Transfer::retry_after() const {
    curl_off_t wanted = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RETRY_AFTER, &wanted);
    return wanted > 0 ? std::optional(std::chrono::seconds(wanted)) : std::nullopt;
}

}  // namespace upkeep
