// A server that behaves as a real one, where no reply was laid down for a request.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "coding.h"
#include "journal.h"
#include "settings.h"

namespace standin {

class Player {
  public:
    Player() = default;
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;
    virtual ~Player() = default;

    virtual Reply answer(const Arrival& arrival) = 0;
};

// A request, taken apart.
struct Asked {
    explicit Asked(const Arrival& arrival);

    std::string path;
    Form query;
};

// The value of a header of the request, or an empty text.
std::string header_of(const Arrival& arrival, std::string_view name);

// User and password of Basic authentication; nothing without.
std::optional<std::pair<std::string, std::string>> basic_sign_in(const Arrival& arrival);

}  // namespace standin
