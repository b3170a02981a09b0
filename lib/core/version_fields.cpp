// How a version is written, and read again.
#include <algorithm>

#include "core/text.h"
#include "core/version.h"

namespace upkeep {

namespace {

constexpr std::string_view digest_prefix = "sha256:";
constexpr std::size_t digest_digits = 64;
constexpr std::size_t short_id_digits = 16;
constexpr std::int64_t max_count = 1'000'000'000;

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// A whole number without sign or leading zeros, from 1.
std::optional<std::int64_t> parse_number(std::string_view text, std::int64_t most) {
    const auto number = whole_number(text);
    return number && *number >= 1 && *number <= most && text.front() != '0' ? number : std::nullopt;
}

std::optional<Change> parse_change(std::string_view text) {
    if (text == "0") {
        return Change{};
    }
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos) {
        return std::nullopt;
    }
    const auto day = parse_day(text.substr(0, point));
    const auto number = parse_number(text.substr(point + 1), max_change_number);
    if (!day || !number) {
        return std::nullopt;
    }
    return Change{day, *number};
}

std::string text_of(const Change& change) {
    return change.day ? to_text(*change.day) + "." + std::to_string(change.number) : "0";
}

std::string text_of(const OpenSet& open) {
    std::string text = open.digest;
    for (const std::string& id : open.ids) {
        text += (text.empty() ? "" : ",") + id;
    }
    return text;
}

}  // namespace

bool is_short_id(std::string_view text) {
    return is_hex(text, short_id_digits);
}

VersionFields to_fields(const Version& version) {
    VersionFields fields{{"open", text_of(version.open)},
                         {"count", std::to_string(version.count)},
                         {"summary", version.summary},
                         {"change", text_of(version.change)}};
    if (!version.finding.empty()) {
        fields.emplace("finding", version.finding);
    }
    return fields;
}

std::variant<std::string, OpenSet> parse_open(std::string_view open) {
    OpenSet set;
    if (open.substr(0, digest_prefix.size()) == digest_prefix) {
        if (!is_hex(open.substr(digest_prefix.size()), digest_digits)) {
            return "its `open` is a digest that is not 64 hex digits";
        }
        set.digest = open;
        return set;
    }
    for (std::string_view rest = open; !rest.empty();) {
        const std::string_view id = rest.substr(0, rest.find(','));
        const auto wrong = [&set](const char* what) {
            return "id " + std::to_string(set.ids.size() + 1) + " of its `open` is " + what;
        };
        if (!is_short_id(id)) {
            return wrong("not 16 hex digits");
        }
        if (!set.ids.empty() && set.ids.back() >= id) {
            return wrong("out of order");
        }
        if (set.ids.size() == max_named_findings) {
            return "its `open` has more than " + std::to_string(max_named_findings) + " ids";
        }
        set.ids.emplace_back(id);
        rest.remove_prefix(id.size());
        if (rest == ",") {
            return "its `open` ends in a comma";
        }
        rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
    }
    return set;
}

std::variant<std::string, Version> parse_version(const VersionFields& fields) {
    const auto field = [&fields](const char* name) -> std::optional<std::string> {
        const auto found = fields.find(name);
        return found == fields.end() ? std::nullopt : std::optional(found->second);
    };
    Version version;
    const auto open = field("open");
    if (!open) {
        return "it has no `open`";
    }
    auto set = parse_open(*open);
    if (std::string* const why = std::get_if<std::string>(&set)) {
        return std::move(*why);
    }
    version.open = std::move(std::get<OpenSet>(set));
    const auto change = field("change");
    if (!change) {
        return "it has no `change`";
    }
    const auto parsed_change = parse_change(*change);
    if (!parsed_change) {
        return "its `change` is neither a date and a number, such as 2026-11-23.1, nor 0";
    }
    version.change = *parsed_change;
    version.count = version.open.ids.size();
    if (!version.open.digest.empty()) {
        const auto count = parse_number(field("count").value_or(""), max_count);
        if (!count) {
            return "its `open` is a digest, but its `count` is not a number";
        }
        version.count = static_cast<std::size_t>(*count);
    }
    version.summary = field("summary").value_or("");
    if (const auto finding = field("finding"); finding && is_short_id(*finding)) {
        version.finding = *finding;
    }
    return version;
}

}  // namespace upkeep
