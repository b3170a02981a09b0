// One try of one request.
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/authorities.h"
#include "net/http.h"
#include "net/peer_certificate.h"
#include "net/socks_failure.h"
#include "net/ssh_tunnel.h"
#include "net/transfer_loop.h"

namespace upkeep {

class Transfer {
  public:
    // The request, the stores and the tunnels must outlive it. `now` is for the request's
    // signature.
    Transfer(const HttpRequest& request, const std::optional<Url>& proxy, AuthorityStores& stores,
             SshTunnels& tunnels, Moment now);
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() = default;

    // True when a whole reply came. Throws Stopped, Failure for authorities that cannot be read,
    // and what the request's own functions throw.
    bool perform(TransferLoop& loop);

    HttpReply take_reply();
    std::optional<std::chrono::seconds> retry_after() const;

    // When no whole reply came: why, in plain words; what to do; whether another try may help.
    std::string reason(Moment now) const;
    std::string advice() const;
    bool may_pass() const;
    // Whether it could be said again without being heard twice: of the request nothing may have
    // reached the server, or all of it may be repeated, and of the reply nothing has been consumed.
    bool may_be_repeated() const;

  private:
    struct FreeEasy {
        void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    };
    struct FreeList {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };

    template <typename Value>
    void set(CURLoption option, Value value);
    void set_target();
    void set_method();
    void set_body();
    void set_headers(Moment now);
    void add_header(const HttpHeader& header);
    void add_line(const std::string& line);
    void set_sign_in();
    void set_proxy();
    void set_jumpbox();
    void set_limits();
    void set_callbacks();
    void set_authorities();
    static std::size_t on_piece(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t on_read(char* data, std::size_t size, std::size_t count, void* self);
    static int on_seek(void* self, curl_off_t offset, int origin);
    static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
    static curl_socket_t on_tunnel(void* self, curlsocktype purpose, curl_sockaddr* address);
    static CURLcode on_tls(CURL* easy, void* context, void* self);
    bool note_length(std::string_view line);
    bool is_endless_header() const;
    std::optional<std::string> header(const std::string& name) const;  // of the reply
    bool is_too_large() const;
    bool is_broken_http() const;
    bool speaks_no_tls() const;
    bool is_at_a_tls_proxy() const;
    std::string where_cut() const;
    std::string said() const;
    std::string failure(Moment now) const;
    std::string curl_failure(const std::string& said) const;
    SocksFailure socks() const;
    std::optional<SshFailure> ssh_failure() const;
    std::string redirected() const;
    std::string unresolved(const std::string& why) const;
    std::string tried() const;
    bool is_resolved() const;
    Url reached() const;
    long proxy_refusal() const;
    bool verification_failed() const;
    std::string verification_problem(Moment now) const;

    const HttpRequest& request_;
    AuthorityStores& stores_;
    SshTunnels& tunnels_;
    std::shared_ptr<SshProgress> progress_;  // of the way through a jumpbox that was last begun
    std::optional<Url> proxy_;
    Authorities authorities_;
    std::shared_ptr<const PeerCertificate> peer_;  // of the last connection that was begun
    std::string via_;                              // " through the proxy ..."
    std::unique_ptr<curl_slist, FreeList> headers_;
    std::unique_ptr<CURL, FreeEasy> easy_;
    std::array<char, CURL_ERROR_SIZE> error_{};
    CURLcode result_ = CURLE_OK;
    TransferLoop* loop_ = nullptr;  // while it runs
    std::optional<Flow> flow_;      // for a request that wants its body piece by piece
    std::string body_;
    std::size_t body_bytes_ = 0;
    bool handed_over_ = false;        // something has reached the request's on_body
    std::vector<std::string> tried_;  // addresses
    std::size_t header_bytes_ = 0;
    bool headers_ended_ = false;
    std::optional<std::string> length_;  // what the headers say
    std::string broken_;                 // how the headers contradict HTTP
    bool body_too_large_ = false;
    bool headers_too_large_ = false;
    std::exception_ptr exception_;  // of a callback
};

}  // namespace upkeep
