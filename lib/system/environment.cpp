#include "system/environment.h"

#include <unistd.h>

#include <cstdlib>

namespace upkeep {

void withhold_from_libraries() {
    unsetenv("SSLKEYLOGFILE");  // NOLINT(concurrency-mt-unsafe): no thread has started
}

Environment Environment::of_the_process() {
    Variables variables;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos) {
            variables.emplace(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    return Environment(std::move(variables));
}

std::optional<std::string> Environment::get(std::string_view name) const {
    const auto found = variables_.find(name);
    return found == variables_.end() || found->second.empty()
               ? std::nullopt
               : std::optional<std::string>(found->second);
}

}  // namespace upkeep
