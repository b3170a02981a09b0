// Anything as the answer of a UAA: a token, or a Failure that shows no secret, though the answer
// may. The first byte is the status.
#include "bosh/uaa.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "core/failure.h"
#include "net/endpoint.h"

namespace {

using upkeep::Secret;
using upkeep::bosh::Token;

const std::string secret = "hunter22";

class Answering : public upkeep::Http {
  public:
    explicit Answering(upkeep::HttpReply reply) : reply_(std::move(reply)) {}
    upkeep::HttpReply send(const upkeep::HttpRequest&) override { return reply_; }

  private:
    upkeep::HttpReply reply_;
};

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

template <typename Ask>
void check(Ask ask) {
    try {
        const Token token = ask();
        require(!token.access.reveal().empty(), "a token is not empty");
        require(token.access.reveal().find_first_of("\r\n") == std::string::npos,
                "a token goes into a header");
        require(!token.refresh || !token.refresh->reveal().empty(), "neither is one for later");
    } catch (const upkeep::Failure& failure) {
        const std::string text = failure.what();
        require(!failure.why().empty(), "a failure says why");
        require(text.find(secret) == std::string::npos, "a failure shows no secret");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::array<long, 6> statuses{200, 400, 401, 403, 302, 500};
    upkeep::HttpReply reply;
    reply.status = size == 0 ? 200 : statuses.at(data[0] % statuses.size());
    reply.body.assign(data + (size == 0 ? 0 : 1), data + size);
    Answering http(reply);
    const upkeep::Endpoint uaa = upkeep::plain_endpoint("https://uaa.test", {});
    check([&] { return upkeep::bosh::client_token(http, uaa, "upkeep", Secret(secret)); });
    check([&] { return upkeep::bosh::user_token(http, uaa, "admin", Secret(secret)); });
    check([&] { return upkeep::bosh::refreshed_token(http, uaa, Secret(secret)); });
    return 0;
}
