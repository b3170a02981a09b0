// The first line as a look, the others, "name=value" with \n for a line feed, as the version handed
// in: reading never throws, what is read is written in one way, and whatever can be read gets an
// answer that can be read, and soon no further one.
//
// In the look, a to f open a finding each and X opens 501; I: incomplete, R: can recur, E: each,
// C: triggers: change, B: no baseline.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/version.h"

namespace {

using upkeep::OpenFinding;
using upkeep::parse_version;
using upkeep::Version;
using upkeep::VersionFields;
using upkeep::VersionRules;

void require(bool holds, const char* what) {
    if (!holds) {
        throw std::logic_error(what);
    }
}

struct Look {
    std::vector<OpenFinding> open;
    bool complete = true;
    VersionRules rules;
};

Look look_of(std::string_view line) {
    Look look;
    const auto has = [&line](char letter) { return line.find(letter) != std::string_view::npos; };
    for (const char letter : std::string("abcdef")) {
        if (has(letter)) {
            look.open.push_back({std::string(16, letter), std::string(1, letter), has('R')});
        }
    }
    for (int i = 0; i < 501 && has('X'); ++i) {
        look.open.push_back({"0000000000" + std::to_string(100'000 + i), "crowd", has('R')});
    }
    look.complete = !has('I');
    look.rules.each = has('E');
    look.rules.baseline = !has('B');
    look.rules.triggers =
        has('C') ? VersionRules::Triggers::change : VersionRules::Triggers::growth;
    return look;
}

std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool feed = text.substr(i, 2) == "\\n";
        plain += feed ? '\n' : text[i];
        i += feed ? 1 : 0;
    }
    return plain;
}

bool readable(const VersionFields& fields) {
    return std::holds_alternative<Version>(parse_version(fields));
}

void check_reading(const VersionFields& fields) {
    const auto parsed = parse_version(fields);
    if (const auto* const why = std::get_if<std::string>(&parsed)) {
        require(!why->empty(), "what cannot be read says why");
        return;
    }
    const VersionFields written = to_fields(std::get<Version>(parsed));
    const auto again = parse_version(written);
    require(std::holds_alternative<Version>(again), "what is written can be read");
    require(to_fields(std::get<Version>(again)) == written, "and is written the same again");
}

void check_answers(VersionFields handed_in, const Look& look) {
    const upkeep::Day today = std::chrono::year{2026} / 11 / 23;
    constexpr int enough = 3;
    for (int round = 0; round < enough; ++round) {
        const bool known = readable(handed_in);
        const std::vector<VersionFields> answer =
            next_versions(handed_in, look.open, look.complete, look.rules, today);
        require(known ? answer.at(0) == handed_in : answer.size() <= 1,
                "what is handed in comes back, or there is a first version");
        for (std::size_t i = known ? 1 : 0; i < answer.size(); ++i) {
            require(readable(answer[i]), "an answer can be read");
            check_reading(answer[i]);
        }
        require(std::set(answer.begin(), answer.end()).size() == answer.size(), "none comes twice");
        if (answer.empty() || answer.back() == handed_in) {
            return;
        }
        handed_in = answer.back();
    }
    throw std::logic_error("the same look makes versions without end");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const std::string_view all = text;
    std::size_t end = all.find('\n');
    const Look look = look_of(all.substr(0, end));
    VersionFields fields;
    while (end != std::string_view::npos) {
        const std::size_t begin = end + 1;
        end = all.find('\n', begin);
        const std::string_view line = all.substr(begin, end - begin);
        const std::size_t equals = std::min(line.find('='), line.size());
        fields[unescaped(line.substr(0, equals))] =
            unescaped(line.substr(std::min(equals + 1, line.size())));
    }
    check_reading(fields);
    check_answers(fields, look);
    return 0;
}
