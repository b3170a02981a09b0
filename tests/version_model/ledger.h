// What a story has shown: the promises that were broken, and how often each situation came up, so
// that no promise is kept only because nothing happened.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace version_model {

class Ledger {
  public:
    void at(std::string where) { where_ = std::move(where); }

    void saw(const std::string& situation, std::size_t times = 1) { seen_[situation] += times; }

    void require(bool kept, const std::string& promise, const std::string& how) {
        if (!kept) {
            broken_.emplace(promise, where_ + how);
        }
    }

    // By promise, how it was broken first.
    const std::map<std::string, std::string>& broken() const { return broken_; }
    const std::map<std::string, std::size_t>& seen() const { return seen_; }

  private:
    std::string where_;
    std::map<std::string, std::string> broken_;
    std::map<std::string, std::size_t> seen_;
};

}  // namespace version_model
