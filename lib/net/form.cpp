#include "net/form.h"

#include "net/url.h"

namespace upkeep {

std::string encoded_form(const std::vector<std::pair<std::string, std::string>>& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
        text += (text.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
    }
    return text;
}

}  // namespace upkeep
