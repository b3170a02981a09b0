#include "net/shared_gets.h"

#include <array>
#include <string_view>

#include "core/digest.h"

namespace upkeep {

namespace {

std::string_view text_of(const std::optional<std::string>& text) {
    return text ? std::string_view(*text) : std::string_view();
}

std::string_view text_of(const std::optional<Secret>& secret) {
    return secret ? std::string_view(secret->reveal()) : std::string_view();
}

// Of everything that the answer may depend on; a digest, so that no secret is kept.
std::string key_of(const HttpRequest& request) {
    const Endpoint& endpoint = *request.endpoint;
    const Url proxy = endpoint.proxy.value_or(Url{});
    const std::string url = request.url().text();
    const std::string proxy_url = endpoint.proxy ? proxy.text() : endpoint.no_proxy ? "none" : "";
    const std::string limits =
        std::to_string(request.body_limit) + " " + std::to_string(endpoint.timeout.count());
    const std::string host_keys = endpoint.proxy_host_key ? endpoint.proxy_host_key->shown() : "";
    const std::array<std::string_view, 11> facts{url,
                                                 text_of(endpoint.username),
                                                 text_of(endpoint.password),
                                                 text_of(endpoint.token),
                                                 text_of(endpoint.ca_cert),
                                                 proxy_url,
                                                 text_of(proxy.username),
                                                 text_of(proxy.password),
                                                 limits,
                                                 text_of(endpoint.proxy_key),
                                                 host_keys};
    return digest_of(facts);
}

bool is_plain(const HttpRequest& request) {
    return request.method == "GET" && request.headers.empty() && request.follow_redirects &&
           !request.sign && !request.on_body;
}

}  // namespace

HttpReply SharedGets::send(const HttpRequest& request) {
    if (!is_plain(request)) {
        return http_.send(request);
    }
    const std::string key = key_of(request);
    std::promise<HttpReply> mine;
    std::shared_future<HttpReply> reply;
    bool is_mine = false;
    {
        const std::lock_guard lock(mutex_);
        const auto found = replies_.find(key);
        is_mine = found == replies_.end();
        reply = is_mine ? replies_.emplace(key, mine.get_future().share()).first->second
                        : found->second;
    }
    if (is_mine) {
        try {
            mine.set_value(http_.send(request));
        } catch (...) {
            mine.set_exception(std::current_exception());
        }
    }
    return reply.get();
}

}  // namespace upkeep
