// The environment variables, read once at the start.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace upkeep {

// Takes from libraries what they would obey by themselves: SSLKEYLOGFILE makes curl write the
// secrets of its connections to a file; for the first time that is taken apart, one in UTC too,
// glibc reads the file of the time zone, and where that is a pipe it waits for ever. Before the
// first thread starts.
void withhold_from_libraries();

class Environment {
  public:
    using Variables = std::map<std::string, std::string, std::less<>>;

    explicit Environment(Variables variables) : variables_(std::move(variables)) {}
    static Environment of_the_process();

    // Nothing where it is unset or empty.
    std::optional<std::string> get(std::string_view name) const;

  private:
    Variables variables_;
};

}  // namespace upkeep
