#include "tokens.h"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <stdexcept>

#include "coding.h"

namespace standin {
namespace {

std::string random_text() {
    std::array<unsigned char, 33> bytes{};
    if (RAND_bytes(bytes.data(), int{bytes.size()}) != 1) {
        throw std::runtime_error("making a token: OpenSSL has no random bytes");
    }
    return base64url_encoded({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

bool Holder::has(std::string_view scope) const {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

std::string Tokens::issue(const Holder& holder, std::optional<std::uint64_t> uses) {
    boost::json::object claims{{"jti", random_text()},
                               {"client_id", holder.client},
                               {"cid", holder.client},
                               {"scope", boost::json::value_from(holder.scopes)}};
    if (!holder.user.empty()) {
        claims["user_name"] = holder.user;
    }
    std::string token = base64url_encoded(R"({"alg":"RS256","typ":"JWT"})") + "." +
                        base64url_encoded(boost::json::serialize(claims)) + "." + random_text();
    made_(token);
    issued_[token] = {holder, uses};
    return token;
}

void Tokens::lay_down(const std::string& token, const Holder& holder) {
    issued_.try_emplace(token, Issued{holder, std::nullopt});
}

std::optional<Holder> Tokens::use(const std::string& token) {
    const auto found = issued_.find(token);
    if (found == issued_.end() || found->second.uses_left == 0U) {
        return std::nullopt;
    }
    if (found->second.uses_left) {
        --*found->second.uses_left;
    }
    return found->second.holder;
}

}  // namespace standin
