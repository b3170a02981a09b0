#include "system/environment.h"

#include <unistd.h>

#include <cstdlib>
#include <ctime>

namespace upkeep {

// NOLINTBEGIN(concurrency-mt-unsafe): no thread has started
void withhold_from_libraries() {
    unsetenv("SSLKEYLOGFILE");
    const char* zone = getenv("TZ");
    const std::optional<std::string> own =
        zone == nullptr ? std::nullopt : std::optional<std::string>(zone);
    setenv("TZ", ":", 1);  // no file
    tzset();
    if (own) {
        setenv("TZ", own->c_str(), 1);
    } else {
        unsetenv("TZ");
    }
}
// NOLINTEND(concurrency-mt-unsafe)

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
