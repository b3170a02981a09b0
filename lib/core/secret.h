// A text that must not be seen: it cannot be printed, compared or turned into a string by accident.
#pragma once

#include <ostream>
#include <string>

namespace upkeep {

class Secret {
  public:
    explicit Secret(std::string text) : text_(std::move(text)) {}
    Secret(const Secret&) = default;
    Secret(Secret&&) = default;
    Secret& operator=(const Secret&) = default;
    Secret& operator=(Secret&&) = default;
    ~Secret();

    // For the place that sends it, and nowhere else.
    const std::string& reveal() const { return text_; }

    friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

  private:
    std::string text_;
};

}  // namespace upkeep
