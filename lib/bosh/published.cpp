#include "bosh/published.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "bosh/recognise.h"
#include "core/failure.h"
#include "core/json.h"
#include "core/text.h"

namespace upkeep::bosh {

namespace {

constexpr const char* advice = "Give what https://bosh.io/api/v1/stemcells/NAME?all=1 answers.";
constexpr std::array variants{"regular", "light", "light_china"};

class Reader {
  public:
    explicit Reader(std::string doing) : doing_(std::move(doing)) {}

    PublishedLines read(const json::value& value);

  private:
    Failure wrong(const std::string& path, const std::string& why) const {
        return Failure(doing_, path + " " + why, advice);
    }
    void refuse_other(const json::value& value) const;
    void read_lists(const json::object& lists);
    void read_list(const json::array& list, const std::string& path, std::string_view line);
    void read_entry(const json::value& value, const std::string& path, std::string_view line);
    std::string_view text_at(const json::object& entry, std::string_view key,
                             const std::string& path) const;
    bool has_variant(const json::object& entry, std::string_view key,
                     const std::string& path) const;

    std::string doing_;
    PublishedLines lines_;
};

PublishedLines Reader::read(const json::value& value) {
    refuse_other(value);
    if (const json::array* list = value.if_array()) {
        read_list(*list, "", "");
    } else {
        if (value.as_object().empty()) {
            throw Failure(doing_, "it is an empty object, not a list of published stemcells",
                          advice);
        }
        read_lists(value.as_object());
    }
    arrange(lines_);
    return std::move(lines_);
}

void Reader::read_lists(const json::object& lists) {
    for (const json::key_value_pair& each : lists) {
        const std::string line(each.key());
        const json::array* entries = each.value().if_array();
        if (entries == nullptr) {
            throw wrong("." + in_brief(line), "is " + type_name(each.value()) + ", not a list");
        }
        lines_.try_emplace(line);
        read_list(*entries, "." + in_brief(line), line);
    }
}

void Reader::refuse_other(const json::value& value) const {
    const json::array* list = value.if_array();
    const json::object* first =
        list == nullptr || list->empty() ? nullptr : list->front().if_object();
    const auto in_first = [&](std::string_view key) { return first->contains(key); };
    if (first != nullptr && std::any_of(variants.begin(), variants.end(), in_first)) {
        return;
    }
    if (const std::optional<std::string> what = recognise_json(value)) {
        throw Failure(doing_, "it is " + *what + ", not a list of published stemcells", advice);
    }
}

void Reader::read_list(const json::array& list, const std::string& path, std::string_view line) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        read_entry(list[i], path + "[" + std::to_string(i) + "]", line);
    }
}

void Reader::read_entry(const json::value& value, const std::string& path, std::string_view line) {
    const json::object* entry = value.if_object();
    if (entry == nullptr) {
        throw wrong(path, "is " + type_name(value) + ", not an object");
    }
    const std::string_view name = text_at(*entry, "name", path);
    if (!line.empty() && name != line) {
        throw wrong(path + ".name", "is " + quoted(name) + ", another than the list's");
    }
    const std::string_view text = text_at(*entry, "version", path);
    std::optional<SemiSemanticVersion> version = SemiSemanticVersion::parse(text);
    if (!version) {
        throw wrong(path + ".version", "is " + quoted(text) +
                                           ", which BOSH does not take for a version (" +
                                           in_brief(name) + ")");
    }
    const bool regular = has_variant(*entry, "regular", path);
    const bool light = has_variant(*entry, "light", path);
    if (!regular && !light && !has_variant(*entry, "light_china", path)) {
        throw wrong(
            path, "(" + in_brief(name) + " " + in_brief(text) + ") has neither regular nor light");
    }
    auto found = lines_.find(name);
    if (found == lines_.end()) {
        found = lines_.try_emplace(std::string(name)).first;
    }
    found->second.push_back({*std::move(version), regular, light, std::nullopt});
}

std::string_view Reader::text_at(const json::object& entry, std::string_view key,
                                 const std::string& path) const {
    const json::value* value = entry.if_contains(key);
    const json::string* text = value == nullptr ? nullptr : value->if_string();
    if (text == nullptr || text->empty()) {
        const std::string found = value == nullptr  ? "is missing"
                                  : text != nullptr ? "is empty"
                                                    : "is " + type_name(*value) + ", not a text";
        throw wrong(path + "." + std::string(key), found);
    }
    return {text->data(), text->size()};
}

bool Reader::has_variant(const json::object& entry, std::string_view key,
                         const std::string& path) const {
    const json::value* value = entry.if_contains(key);
    if (value == nullptr || value->is_null()) {
        return false;
    }
    if (!value->is_object()) {
        throw wrong(path + "." + std::string(key), "is " + type_name(*value) + ", not an object");
    }
    return true;
}

// `other` is not newer than `kept`; they are joined when they are equal.
void keep_or_join(PublishedLine& kept, PublishedStemcell other) {
    if (kept.empty() || kept.back().version != other.version) {
        kept.push_back(std::move(other));
        return;
    }
    PublishedStemcell& last = kept.back();
    last.regular = last.regular || other.regular;
    last.light = last.light || other.light;
    if (!last.published || (other.published && *other.published < *last.published)) {
        last.published = other.published;
    }
}

// "404 page not found" and its like, of which a JSON parser says odd things.
void refuse_plain_text(std::string_view text, const std::string& doing) {
    constexpr std::string_view blank = " \t\r\n\xEF\xBB\xBF";
    text.remove_prefix(std::min(text.find_first_not_of(blank), text.size()));
    if (!text.empty() && text.front() != '[' && text.front() != '{') {
        const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
        throw Failure(doing,
                      "it is not a list of published stemcells, it begins with: " + in_brief(line),
                      advice);
    }
}

}  // namespace

PublishedLines parse_published(std::string_view text, const std::string& place) {
    const std::string doing = "reading the published stemcells from " + place;
    if (const std::optional<std::string> what = recognise_text(text)) {
        throw Failure(doing, "it is " + *what + ", not a list of published stemcells", advice);
    }
    refuse_plain_text(text, doing);
    return Reader(doing).read(parse_json(text, doing, advice));
}

void arrange(PublishedLines& lines) {
    for (auto& [name, line] : lines) {
        std::stable_sort(line.begin(), line.end(),
                         [](const PublishedStemcell& left, const PublishedStemcell& right) {
                             return left.version > right.version;
                         });
        PublishedLine kept;
        kept.reserve(line.size());
        for (PublishedStemcell& stemcell : line) {
            keep_or_join(kept, std::move(stemcell));
        }
        line = std::move(kept);
    }
}

}  // namespace upkeep::bosh
