// The tokens that a UAA has issued, and whom the director takes their bearer for.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace standin {

struct Holder {
    std::string client;  // empty: signed in with the director's own users
    std::string user;    // empty: the client itself
    std::vector<std::string> scopes;

    const std::string& name() const { return user.empty() ? client : user; }
    bool has(std::string_view scope) const;
};

class Tokens {
  public:
    // `made` is told of each token, so that it can be looked for where it must not be.
    explicit Tokens(std::function<void(const std::string&)> made) : made_(std::move(made)) {}

    // Formed as the real ones (JSON web tokens), random in id and signature. It holds for so many
    // uses; absent: for ever.
    std::string issue(const Holder& holder, std::optional<std::uint64_t> uses);
    void lay_down(const std::string& token, const Holder& holder);
    // The one that it was issued to, if it still holds.
    std::optional<Holder> use(const std::string& token);

  private:
    struct Issued {
        Holder holder;
        std::optional<std::uint64_t> uses_left;
    };

    std::function<void(const std::string&)> made_;
    std::map<std::string, Issued> issued_;
};

}  // namespace standin
