// Names what was handed in instead of what was wanted, so that an error can say it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/json.h"

namespace upkeep::bosh {

// "an HTML page (title: Log in)", "UTF-16 text, ..."; nothing for what may well be text or JSON.
std::optional<std::string> recognise_text(std::string_view text);

// "the output of bosh stemcells --json", "a list of GitHub releases", ...; nothing for the unknown.
std::optional<std::string> recognise_json(const json::value& value);

}  // namespace upkeep::bosh
