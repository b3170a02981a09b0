#include "net/curl_http.h"

#include <curl/curl.h>

#include <iomanip>
#include <new>
#include <sstream>

#include "core/failure.h"
#include "net/proxies.h"
#include "net/repeated_secret.h"
#include "net/transfer.h"

namespace upkeep {

namespace {

std::string tries_text(int tries, std::chrono::milliseconds spent) {
    if (tries == 1) {
        return "";
    }
    std::ostringstream text;
    text << ", tried " << tries << " times in " << std::fixed << std::setprecision(1)
         << std::chrono::duration<double>(spent).count() << " s";
    return text.str();
}

// What a proxy is signed in to with, an answer may repeat that does not come by TLS from behind it.
void withhold_sign_in(HttpReply& reply, const Url& proxy, const HttpRequest& request) {
    Endpoint as_asked;
    as_asked.username = proxy.username;
    as_asked.password = proxy.password;
    if (reply.status == 200) {
        refuse_repeated_secret(reply.body, as_asked, request.doing());
    } else if (repeats_secret(reply.body, as_asked, {}, 1)) {
        reply.body.clear();  // messages would quote it
    }
}

}  // namespace

CurlHttp::CurlHttp(const Environment& environment, const Clock& clock, const Stop& stop)
    : environment_(environment),
      clock_(clock),
      stop_(stop),
      authorities_(environment, stop),
      tunnels_(stop) {}

TransferLoop& CurlHttp::loop() {
    const std::lock_guard lock(mutex_);
    if (!loop_) {
        if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
            throw std::bad_alloc();
        }
        loop_.emplace(stop_);
    }
    return *loop_;
}

HttpReply CurlHttp::send(const HttpRequest& request) {
    const std::optional<Url> proxy = proxy_for(*request.endpoint, environment_);
    TransferLoop& transfers = loop();
    const RetryPolicy& policy = request.retry;
    const Instant begin = clock_.instant();
    for (int tried = 1;; ++tried) {
        Transfer transfer(request, proxy, authorities_, tunnels_, clock_.now());
        const bool whole = transfer.perform(transfers);
        const auto spent = clock_.instant() - begin;
        std::optional<std::chrono::milliseconds> wait;
        if (whole) {
            HttpReply reply = transfer.take_reply();
            reply.tries = tried;
            reply.asks_to_wait = transfer.retry_after();
            if (request.may_be_repeated() && is_passing(reply.status)) {
                wait = wait_before_next(policy, tried, spent, reply.asks_to_wait);
            }
            if (!wait) {
                if (proxy && proxy->password) {
                    withhold_sign_in(reply, *proxy, request);
                }
                return reply;
            }
        } else {
            if (transfer.may_pass() && transfer.may_be_repeated()) {
                wait = wait_before_next(policy, tried, spent, std::nullopt);
            }
            if (!wait) {
                throw Failure(request.doing(),
                              transfer.reason(clock_.now()) + tries_text(tried, spent),
                              transfer.advice());
            }
        }
        clock_.wait(clock_.instant() + *wait, stop_);
    }
}

}  // namespace upkeep
