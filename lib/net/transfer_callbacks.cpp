// What curl calls while a transfer runs, in the loop's thread: C code, through which nothing may be
// thrown.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "core/limits.h"
#include "core/text.h"
#include "net/transfer.h"

namespace upkeep {

namespace {

std::string address_text(const sockaddr& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* const bytes =
        address.sa_family == AF_INET6
            ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr)
            : &reinterpret_cast<const sockaddr_in&>(address).sin_addr;
    inet_ntop(address.sa_family, bytes, text.data(), text.size());
    return text.data();
}

}  // namespace

std::size_t Transfer::on_piece(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string_view piece(data, size * count);
    if (piece.size() > transfer.request_.body_limit - transfer.body_bytes_) {
        transfer.body_too_large_ = true;
        return 0;
    }
    try {
        long status = 0;
        curl_easy_getinfo(transfer.easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        if (!transfer.flow_ || status < 200 || status > 299) {
            transfer.body_.append(piece);
        } else if (!transfer.loop_->hand_over(*transfer.flow_, piece)) {
            return CURL_WRITEFUNC_PAUSE;  // the same piece comes again
        }
    } catch (...) {
        transfer.exception_ = std::current_exception();
        return 0;
    }
    transfer.body_bytes_ += piece.size();
    return piece.size();
}

std::size_t Transfer::on_read(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    try {
        return transfer.request_.body_source->read(data, size * count);
    } catch (...) {
        transfer.exception_ = std::current_exception();
        return CURL_READFUNC_ABORT;
    }
}

// To its beginning is the only way that curl asks for, to say it all once more.
int Transfer::on_seek(void* self, curl_off_t offset, int origin) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (offset != 0 || origin != SEEK_SET) {
        return CURL_SEEKFUNC_FAIL;
    }
    try {
        transfer.request_.body_source->rewind();
        return CURL_SEEKFUNC_OK;
    } catch (...) {
        transfer.exception_ = std::current_exception();
        return CURL_SEEKFUNC_FAIL;
    }
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    try {
        transfer.tried_.push_back(address_text(address->addr));
    } catch (...) {
        transfer.exception_ = std::current_exception();
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// curl connects to the address that is written here instead of the proxy's.
curl_socket_t Transfer::on_tunnel(void* self, curlsocktype, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    const Endpoint& endpoint = *transfer.request_.endpoint;
    try {
        transfer.progress_ = std::make_shared<SshProgress>();
        SshEntrance entrance = transfer.tunnels_.open(
            {*transfer.proxy_, endpoint.proxy_key, endpoint.proxy_host_key}, transfer.progress_);
        std::memcpy(&address->addr, &entrance.address, sizeof entrance.address);
        return entrance.socket.release();
    } catch (const SshFailure& failure) {
        transfer.progress_->fail(failure);
    } catch (...) {
        transfer.exception_ = std::current_exception();
    }
    return CURL_SOCKET_BAD;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string_view line(data, size * count);
    transfer.header_bytes_ += line.size();
    if (line.starts_with("HTTP/")) {
        transfer.headers_ended_ = false;
        transfer.length_.reset();
    } else if (line.starts_with('\r') || line.starts_with('\n')) {
        transfer.headers_ended_ = true;
    }
    transfer.headers_too_large_ = transfer.header_bytes_ > limits::header_bytes;
    try {
        return transfer.headers_too_large_ || !transfer.note_length(line) ? 0 : size * count;
    } catch (...) {
        transfer.exception_ = std::current_exception();
        return 0;
    }
}

// curl reads "12x" as 12, and of two lengths takes the last: part of an answer would pass for all.
bool Transfer::note_length(std::string_view line) {
    constexpr std::string_view name = "content-length:";
    if (line.size() < name.size() || !curl_strnequal(line.data(), name.data(), name.size())) {
        return true;
    }
    line.remove_prefix(name.size());
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const std::string length(line.substr(0, line.find_last_not_of(" \t\r\n") + 1));
    if (length.empty() || length.find_first_not_of("0123456789") != std::string::npos) {
        broken_ = "its length is " + quoted(length);
    } else if (length_ && *length_ != length) {
        broken_ = "its length is " + quoted(*length_) + " and " + quoted(length);
    }
    length_ = length;
    return broken_.empty();
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

}  // namespace upkeep
