#include "resource/answer.h"

#include <utility>

#include "core/json.h"
#include "core/text.h"

namespace upkeep {

std::string answer_line(const VersionFields& version, const std::vector<Detail>& metadata) {
    json::object fields;
    for (const auto& [name, value] : version) {
        fields.emplace(name, value);
    }
    json::array list;
    for (const Detail& item : metadata) {
        list.push_back(json::object{{"name", item.name}, {"value", printable(item.value)}});
    }
    return to_line(json::object{{"version", std::move(fields)}, {"metadata", std::move(list)}}) +
           "\n";
}

}  // namespace upkeep
