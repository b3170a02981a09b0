// Chooses the answer to a request, and keeps count of how often each was given.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "journal.h"
#include "settings.h"

namespace standin {

class Replies {
  public:
    explicit Replies(std::vector<Reply> replies);

    // Which reply the request gets, one of its times used up; nothing when none fits.
    std::optional<std::size_t> choose(const Arrival& arrival);
    const Reply& at(std::size_t index) const { return replies_.at(index); }

    // Replaces `from` by `to` in all that will be sent: for addresses that are known late.
    void fill(const std::string& from, const std::string& to);

  private:
    std::vector<Reply> replies_;
    std::vector<std::size_t> given_;
};

}  // namespace standin
