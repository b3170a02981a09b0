#include "core/fields.h"

#include <algorithm>
#include <stdexcept>

#include "core/limits.h"
#include "core/text.h"

namespace upkeep {

namespace {

std::string listed(const std::vector<std::string_view>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        text += i == 0 ? "" : i + 1 == words.size() ? " or " : ", ";
        text += words[i];
    }
    return text;
}

std::string numbered(std::string_view key, std::size_t index) {
    return std::string(key) + "[" + std::to_string(index) + "]";
}

std::optional<std::int64_t> whole_number(const json::value& value) {
    if (const auto* number = value.if_int64()) {
        return *number;
    }
    if (const auto* text = value.if_string()) {
        return upkeep::whole_number({text->data(), text->size()});
    }
    return std::nullopt;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

}  // namespace

std::optional<std::string> did_you_mean(std::string_view word,
                                        const std::vector<std::string>& known) {
    constexpr std::size_t longest =
        64;  // no key of ours is longer, and the distance costs the product
    if (word.size() > longest) {
        return std::nullopt;
    }
    const std::string* best = nullptr;
    std::size_t best_distance = word.size() / 3 + 2;  // one beyond what still counts as near
    const std::string small = in_small_letters(word);
    for (const std::string& candidate : known) {
        const std::size_t distance = edit_distance(small, in_small_letters(candidate));
        if (distance < best_distance && distance < candidate.size()) {
            best = &candidate;
            best_distance = distance;
        }
    }
    return best == nullptr ? std::nullopt : std::optional<std::string>(*best);
}

std::string Fields::path_of(std::string_view key) const {
    return path_ + "." + in_brief(key);
}

bool Fields::has(std::string_view key) {
    return raw(key) != nullptr;
}

const json::value* Fields::raw(std::string_view key) {
    asked_.emplace(key);
    const json::value* value = object_->if_contains(json::string_view(key.data(), key.size()));
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> Fields::text(std::string_view key) {
    const json::value* value = raw(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (!value->is_string()) {
        throw wrong(key, "it is " + type_name(*value) + ", wanted: a text",
                    value->is_primitive() ? "Put it into quotes." : "");
    }
    if (value->get_string().empty()) {
        throw wrong(key, "it is empty", "Give it a value, or leave the key out.");
    }
    refuse_nul(key, value->get_string());
    return std::string(value->get_string());
}

// Where a text goes on as one of C, it would end there.
void Fields::refuse_nul(std::string_view key, std::string_view text) const {
    if (text.find('\0') != std::string_view::npos) {
        throw wrong(key, "it holds a NUL character", "No name, path, pattern or secret has one.");
    }
}

std::string Fields::required_text(std::string_view key) {
    const auto value = text(key);
    if (!value) {
        throw missing(key);
    }
    return *value;
}

std::optional<Secret> Fields::secret(std::string_view key) {
    auto value = text(key);
    return value ? std::optional<Secret>(Secret(std::move(*value))) : std::nullopt;
}

std::optional<bool> Fields::truth(std::string_view key) {
    const json::value* value = raw(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->is_bool()) {
        return value->get_bool();
    }
    if (value->is_string() && (value->get_string() == "true" || value->get_string() == "false")) {
        return value->get_string() == "true";
    }
    throw wrong(key, "it is " + type_name(*value) + ", wanted: true or false");
}

std::optional<std::int64_t> Fields::number(std::string_view key, std::int64_t least,
                                           std::int64_t most) {
    const json::value* value = raw(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto number = whole_number(*value);
    const std::string wanted =
        "wanted: a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    if (!number) {
        throw wrong(key, "it is " + type_name(*value) + ", " + wanted);
    }
    if (*number < least || *number > most) {
        throw wrong(key, "it is " + std::to_string(*number) + ", " + wanted);
    }
    return number;
}

std::optional<std::chrono::seconds> Fields::duration(std::string_view key) {
    constexpr const char* advice = "Write a whole number and one unit: 90s, 30m, 12h, 7d or 1w.";
    const json::value* given = raw(key);
    if (given != nullptr && !given->is_string()) {
        throw wrong(key, "it is " + type_name(*given) + ", wanted: a duration", advice);
    }
    const auto value = text(key);
    if (!value) {
        return std::nullopt;
    }
    const auto duration = parse_duration(*value);
    if (!duration) {
        throw wrong(key, quoted(*value) + " is no duration", advice);
    }
    return duration;
}

std::optional<Day> Fields::day(std::string_view key) {
    const auto value = text(key);
    if (!value) {
        return std::nullopt;
    }
    const auto day = parse_day(*value);
    if (!day) {
        throw wrong(key, quoted(*value) + " is no date", "Write a day that exists as YYYY-MM-DD.");
    }
    return day;
}

std::optional<std::size_t> Fields::choice(std::string_view key,
                                          const std::vector<std::string_view>& words) {
    const auto value = text(key);
    if (!value) {
        return std::nullopt;
    }
    const auto found = std::find(words.begin(), words.end(), *value);
    if (found == words.end()) {
        const auto meant =
            did_you_mean(*value, std::vector<std::string>(words.begin(), words.end()));
        throw wrong(key, quoted(*value) + " is none of its words, wanted: " + listed(words),
                    meant ? "Did you mean \"" + *meant + "\"?" : "");
    }
    return static_cast<std::size_t>(found - words.begin());
}

std::optional<Glob> Fields::glob(std::string_view key) {
    auto value = text(key);
    return value ? std::optional<Glob>(as_glob(key, *value)) : std::nullopt;
}

Glob Fields::as_glob(std::string_view key, const std::string& pattern) const {
    try {
        return Glob(pattern);
    } catch (const std::invalid_argument& error) {
        throw wrong(key, quoted(pattern) + " is no pattern: " + error.what());
    }
}

std::optional<GlobList> Fields::globs(std::string_view key) {
    const json::value* value = raw(key);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->is_string()) {
        const std::string pattern = required_text(key);
        as_glob(key, pattern);
        return GlobList({pattern});
    }
    const std::vector<std::string> patterns = texts(key);
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        as_glob(numbered(key, i), patterns[i]);
    }
    return GlobList(patterns);
}

namespace {

const json::array& list_of(const Fields& fields, std::string_view key, const json::value& value,
                           const std::string& wanted) {
    const json::array* list = value.if_array();
    if (list == nullptr) {
        throw fields.wrong(key, "it is " + type_name(value) + ", wanted: " + wanted);
    }
    if (list->size() > limits::rules) {
        throw fields.wrong(key, "it has " + std::to_string(list->size()) +
                                    " entries, the most are " + std::to_string(limits::rules));
    }
    return *list;
}

}  // namespace

std::vector<std::string> Fields::texts(std::string_view key) {
    std::vector<std::string> texts;
    const json::value* value = raw(key);
    if (value == nullptr) {
        return texts;
    }
    for (const json::value& item : list_of(*this, key, *value, "a list of texts")) {
        if (!item.is_string() || item.get_string().empty()) {
            throw wrong(
                numbered(key, texts.size()),
                item.is_string() ? "it is empty" : "it is " + type_name(item) + ", wanted: a text");
        }
        refuse_nul(numbered(key, texts.size()), item.get_string());
        texts.emplace_back(item.get_string());
    }
    if (texts.empty()) {
        throw wrong(key, "the list is empty", "Give it an entry, or leave the key out.");
    }
    return texts;
}

bool Fields::object(std::string_view key, const std::function<void(Fields&)>& read) {
    const json::value* value = raw(key);
    if (value == nullptr) {
        return false;
    }
    if (!value->is_object()) {
        throw wrong(key, "it is " + type_name(*value) + ", wanted: an object");
    }
    read_strictly(value->get_object(), path_of(key), read);
    return true;
}

void Fields::objects(std::string_view key, const std::function<void(Fields&)>& read) {
    const json::value* value = raw(key);
    if (value == nullptr) {
        return;
    }
    std::size_t index = 0;
    for (const json::value& item : list_of(*this, key, *value, "a list of objects")) {
        const std::string name = numbered(key, index++);
        if (!item.is_object()) {
            throw wrong(name, "it is " + type_name(item) + ", wanted: an object");
        }
        read_strictly(item.get_object(), path_of(name), read);
    }
}

Failure Fields::missing(std::string_view key) const {
    std::vector<std::string> unknown;
    for (const auto& item : *object_) {
        std::string name(item.key());
        if (asked_.find(name) == asked_.end()) {
            unknown.push_back(std::move(name));
        }
    }
    const auto meant = did_you_mean(key, unknown);
    return wrong(key, "it is missing", meant ? "Is " + quoted(*meant) + " meant to be it?" : "");
}

Failure Fields::wrong(std::string_view key, const std::string& why,
                      const std::string& advice) const {
    return {path_of(key), why, advice};
}

void Fields::refuse_the_rest() const {
    for (const auto& item : *object_) {
        const std::string_view key(item.key().data(), item.key().size());
        if (asked_.find(key) != asked_.end()) {
            continue;
        }
        std::vector<std::string> known(asked_.begin(), asked_.end());
        const auto meant = did_you_mean(key, known);
        std::string all;
        for (const std::string& name : known) {
            all += (all.empty() ? "" : ", ") + name;
        }
        throw wrong(key, "there is no such key",
                    meant ? "Did you mean \"" + *meant + "\"?" : "The keys here are: " + all + ".");
    }
}

}  // namespace upkeep
