// Names what came instead of text or JSON, so that an error can say it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace upkeep {

// "an HTML page (Log in)", "UTF-16 text, ...", "binary data"; nothing for what may well be text.
std::optional<std::string> what_else_it_is(std::string_view text);

}  // namespace upkeep
