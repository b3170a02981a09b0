// Random versions, held against a second, plain implementation and against what an order must be.
#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/semi_semantic.h"

using upkeep::SemiSemanticVersion;

namespace {

SemiSemanticVersion version(const std::string& text) {
    const std::optional<SemiSemanticVersion> parsed = SemiSemanticVersion::parse(text);
    REQUIRE_MESSAGE(parsed, text);
    return *parsed;
}

int sign(std::weak_ordering order) {
    return std::is_lt(order) ? -1 : std::is_gt(order) ? 1 : 0;
}

using Random = std::mt19937;

std::string random_text(Random& random, const std::string& alphabet, std::size_t longest) {
    std::uniform_int_distribution<std::size_t> length(0, longest);
    std::uniform_int_distribution<std::size_t> letter(0, alphabet.size() - 1);
    std::string text(length(random), ' ');
    std::generate(text.begin(), text.end(), [&] { return alphabet[letter(random)]; });
    return text;
}

std::vector<SemiSemanticVersion> random_versions(Random& random, std::size_t count) {
    std::vector<SemiSemanticVersion> versions;
    while (versions.size() < count) {
        const std::string text = random_text(random, "0011..aA-+_", 7);
        if (const auto parsed = SemiSemanticVersion::parse(text)) {
            CHECK(parsed->text() == text);
            versions.push_back(*parsed);
        }
    }
    return versions;
}

}  // namespace

namespace {

// The director's code in its own words, slow and plain: a version is its segments, each a list of
// parts, a number written without its leading zeros.
struct ModelPart {
    bool is_text = false;
    std::string text;
};
using ModelSegment = std::vector<ModelPart>;

std::optional<ModelSegment> model_segment(const std::string& list) {
    std::vector<std::string> pieces(1);
    for (const char c : list) {
        if (c == '.') {
            pieces.emplace_back();
        } else {
            pieces.back() += c;
        }
    }
    while (!pieces.empty() && pieces.back().empty()) {
        pieces.pop_back();  // as Ruby's split
    }
    ModelSegment segment;
    for (std::string& piece : pieces) {
        if (piece.empty() ||
            piece.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz"
                                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != std::string::npos) {
            return std::nullopt;
        }
        const bool is_text = piece.find_first_not_of("0123456789") != std::string::npos;
        while (!is_text && piece.size() > 1 && piece.front() == '0') {
            piece.erase(0, 1);
        }
        segment.push_back({is_text, piece});
    }
    return segment.empty() ? std::nullopt : std::optional(segment);
}

struct Model {
    ModelSegment release;
    std::optional<ModelSegment> pre;
    std::optional<ModelSegment> post;
};

std::optional<Model> model(std::string text) {
    std::replace(text.begin(), text.end(), '_', '.');
    Model result;
    if (const std::size_t plus = text.find('+'); plus != std::string::npos) {
        result.post = model_segment(text.substr(plus + 1));
        if (!result.post) {
            return std::nullopt;
        }
        text.erase(plus);
    }
    if (const std::size_t hyphen = text.find('-'); hyphen != std::string::npos) {
        result.pre = model_segment(text.substr(hyphen + 1));
        if (!result.pre) {
            return std::nullopt;
        }
        text.erase(hyphen);
    }
    const std::optional<ModelSegment> release = model_segment(text);
    if (!release) {
        return std::nullopt;
    }
    result.release = *release;
    return result;
}

int model_compare(ModelSegment left, ModelSegment right) {
    const std::size_t size = std::max(left.size(), right.size());
    left.resize(size, {false, "0"});
    right.resize(size, {false, "0"});
    for (std::size_t i = 0; i < size; ++i) {
        if (left[i].is_text != right[i].is_text) {
            return left[i].is_text ? 1 : -1;
        }
        if (!left[i].is_text && left[i].text.size() != right[i].text.size()) {
            return left[i].text.size() < right[i].text.size() ? -1 : 1;
        }
        if (left[i].text != right[i].text) {
            return left[i].text < right[i].text ? -1 : 1;
        }
    }
    return 0;
}

int model_compare(const Model& left, const Model& right) {
    int order = model_compare(left.release, right.release);
    if (order == 0 && (left.pre || right.pre)) {
        order = !left.pre ? 1 : !right.pre ? -1 : model_compare(*left.pre, *right.pre);
    }
    if (order == 0 && (left.post || right.post)) {
        order = !left.post ? -1 : !right.post ? 1 : model_compare(*left.post, *right.post);
    }
    return order;
}

}  // namespace

TEST_CASE("random texts are taken, refused and ordered as by the director's code") {
    Random random(20261123);
    std::vector<std::string> taken;
    for (int i = 0; i < 30'000; ++i) {
        const std::string text = random_text(random, "0179azAZ..--++__ /", 9);
        const bool wanted = model(text).has_value();
        INFO(text);
        CHECK(SemiSemanticVersion::parse(text).has_value() == wanted);
        if (wanted) {
            taken.push_back(text);
        }
    }
    REQUIRE(taken.size() > 1'000);
    for (std::size_t i = 1; i < taken.size(); ++i) {
        INFO(taken[i - 1] << " and " << taken[i]);
        CHECK(sign(version(taken[i - 1]) <=> version(taken[i])) ==
              model_compare(*model(taken[i - 1]), *model(taken[i])));
    }
}

TEST_CASE("random versions: a total order that agrees with equality") {
    Random random(4711);
    const std::vector<SemiSemanticVersion> versions = random_versions(random, 90);
    for (const SemiSemanticVersion& a : versions) {
        CHECK(a == a);
        for (const SemiSemanticVersion& b : versions) {
            INFO(a.text() << " and " << b.text());
            CHECK(sign(a <=> b) == -sign(b <=> a));
            CHECK((a == b) == std::is_eq(a <=> b));
            for (const SemiSemanticVersion& c : versions) {
                if (a <= b && b <= c && !(a <= c && (a < c || (a == b && b == c)))) {
                    FAIL(a.text() << ", " << b.text() << ", " << c.text());
                }
            }
        }
    }
}

TEST_CASE("random versions: what may be added without changing the order, and what not") {
    Random random(815);
    const std::vector<SemiSemanticVersion> versions = random_versions(random, 500);
    for (const SemiSemanticVersion& a : versions) {
        const std::string& text = a.text();
        INFO(text);
        if (text.find('+') == std::string::npos) {
            CHECK(version(text + "+0") > a);
        }
        if (text.find_first_of("-+") == std::string::npos) {
            CHECK(version(text + "-0") < a);
        }
        if (text.find_first_of("-+") == std::string::npos &&
            text.find_last_of("._") != text.size() - 1) {
            CHECK(version(text + ".0") == a);
            CHECK(version(text + "_1") > a);
            CHECK(version(text + ".a") > version(text + ".99999999999999999999"));
        }
    }
}
