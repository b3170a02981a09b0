#include "core/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>
#include <vector>

#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"

namespace upkeep {

namespace {

template <std::size_t count>
bool is_one_of(std::string_view text, const std::array<std::string_view, count>& words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

// The words and numbers that go-yaml resolves, which is what Concourse and fly read YAML with. It
// keeps dates as texts and knows no base-60 numbers.
constexpr std::array<std::string_view, 5> nulls{"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 11> truths{"y",    "Y",    "yes", "Yes", "YES", "true",
                                                  "True", "TRUE", "on",  "On",  "ON"};
constexpr std::array<std::string_view, 11> untruths{"n",     "N",     "no",  "No",  "NO", "false",
                                                    "False", "FALSE", "off", "Off", "OFF"};

std::optional<std::int64_t> integer(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        text.remove_prefix(1);
    }
    int base = 10;
    if (text.size() > 1 && text.front() == '0') {
        const char mark = text[1];
        base = mark == 'x' || mark == 'X' ? 16 : mark == 'b' || mark == 'B' ? 2 : 8;
        text.remove_prefix(base == 8 && mark != 'o' && mark != 'O' ? 1 : 2);
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
        return std::nullopt;
    }
    return negative ? -value : value;
}

std::optional<double> real(std::string_view text) {
    if (!text.empty() && text.front() == '+') {
        text.remove_prefix(1);
    }
    if (text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) {
        return std::nullopt;  // inf, nan and hexadecimal ones
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

json::value plain_scalar(const std::string& text) {
    if (is_one_of(text, nulls)) {
        return nullptr;
    }
    if (is_one_of(text, truths) || is_one_of(text, untruths)) {
        return is_one_of(text, truths);
    }
    const char first = text.front();
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
        std::string bare = text;
        bare.erase(std::remove(bare.begin(), bare.end(), '_'), bare.end());
        if (const auto number = integer(bare)) {
            return *number;
        }
        if (const auto number = real(bare)) {
            return *number;
        }
    }
    return json::string(text);
}

Failure wrong_at(const YAML::Mark& mark, const std::string& doing, const std::string& why) {
    return {doing, why + ", in line " + std::to_string(mark.line + 1)};
}

std::string too_deep() {
    return "it is nested deeper than " + std::to_string(limits::depth) + " levels";
}

class Converter {
  public:
    explicit Converter(const std::string& doing) : doing_(doing) {}

    json::value convert(const YAML::Node& node, std::size_t depth) {
        check_bounds(node, depth);
        refuse_own_tag(node);
        switch (node.Type()) {
            case YAML::NodeType::Scalar:
                return scalar(node);
            case YAML::NodeType::Sequence:
                return sequence(node, depth);
            case YAML::NodeType::Map:
                return map(node, depth);
            default:
                return nullptr;
        }
    }

  private:
    // Aliases can make a short text endless.
    void check_bounds(const YAML::Node& node, std::size_t depth) {
        if (depth > limits::depth) {
            throw wrong(node, too_deep());
        }
        if (++nodes_ > limits::yaml_nodes) {
            throw wrong(node, "it has more than " + std::to_string(limits::yaml_nodes) +
                                  " values, aliases followed");
        }
    }

    // "[!sandbox-*]" without quotes would be an empty text. The tag is not quoted: it may be a part
    // of a secret.
    void refuse_own_tag(const YAML::Node& node) const {
        const std::string& tag = node.Tag();
        if (tag.size() > 1 && tag.front() == '!') {
            throw wrong(node, "a text that begins with ! needs quotes, else it is a tag of YAML");
        }
    }

    Failure wrong(const YAML::Node& node, const std::string& why) const {
        return wrong_at(node.Mark(), doing_, why);
    }

    static json::value scalar(const YAML::Node& node) {
        const std::string& text = node.Scalar();
        const bool plain = node.Tag() == "?" || node.Tag().empty();
        return plain ? plain_scalar(text) : json::value(json::string(text));
    }

    json::value sequence(const YAML::Node& node, std::size_t depth) {
        json::array list;
        for (const YAML::Node& item : node) {
            list.push_back(convert(item, depth + 1));
        }
        return list;
    }

    std::string key_text(const YAML::Node& key) const {
        if (!key.IsScalar()) {
            throw wrong(key, "a key is no plain text");
        }
        const json::value value = scalar(key);
        return value.is_string() ? std::string(value.get_string()) : to_line(value);
    }

    json::value map(const YAML::Node& node, std::size_t depth) {
        json::object object;
        std::vector<YAML::Node> merged;
        for (const auto& item : node) {
            const std::string key = key_text(item.first);
            if (key == "<<" && item.first.Tag() != "!") {
                merged.push_back(item.second);
                continue;
            }
            if (!object.emplace(key, convert(item.second, depth + 1)).second) {
                throw wrong(item.first, "the key " + quoted(key) + " stands twice in one map");
            }
        }
        for (const YAML::Node& other : merged) {
            merge(object, other, depth);
        }
        return object;
    }

    // The map's own keys win over merged ones, earlier merged ones over later ones.
    void merge(json::object& object, const YAML::Node& node, std::size_t depth) {
        check_bounds(node, depth);
        if (node.IsSequence()) {
            for (const YAML::Node& item : node) {
                merge(object, item, depth + 1);
            }
            return;
        }
        if (!node.IsMap()) {
            throw wrong(node, "what << merges is no map");
        }
        const json::value merged = convert(node, depth + 1);
        for (const auto& item : merged.get_object()) {
            object.emplace(item.key(), item.value());
        }
    }

    const std::string& doing_;
    std::size_t nodes_ = 0;
};

// Refuses what is too deep, of which yaml-cpp's own limit says "bad file".
class DepthHandler : public YAML::EventHandler {
  public:
    explicit DepthHandler(const std::string& doing) : doing_(doing) {}

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
    void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
    void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  const std::string&) override {}
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                         YAML::EmitterStyle::value) override {
        go_in(mark);
    }
    void OnSequenceEnd() override { --depth_; }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t,
                    YAML::EmitterStyle::value) override {
        go_in(mark);
    }
    void OnMapEnd() override { --depth_; }

  private:
    void go_in(const YAML::Mark& mark) {
        if (++depth_ > limits::depth) {
            throw wrong_at(mark, doing_, too_deep());
        }
    }

    const std::string& doing_;
    std::size_t depth_ = 0;
};

// Not by YAML::LoadAll: of a text like ", a" it makes documents without end.
void require_one_document(std::string_view text, const std::string& doing) {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    DepthHandler handler(doing);
    if (!parser.HandleNextDocument(handler)) {
        throw Failure(doing, "it is empty");
    }
    if (parser.HandleNextDocument(handler)) {
        throw Failure(doing, "it holds more than one document, wanted: one");
    }
}

// What JSON allows and YAML 1.1 does not (escaped surrogates) must not depend on how a file is
// called.
bool is_json(std::string_view text) {
    boost::system::error_code error;
    json::parse(json::string_view(text.data(), text.size()), error);
    return !error;
}

}  // namespace

json::value parse_yaml(std::string_view text, const std::string& doing) {
    if (is_json(text)) {
        return parse_json(text, doing);
    }
    try {
        require_one_document(text, doing);
        const YAML::Node document = YAML::Load(std::string(text));
        if (document.IsNull()) {
            throw Failure(doing, "it is empty");
        }
        return Converter(doing).convert(document, 1);
    } catch (const YAML::Exception& error) {
        throw wrong_at(error.mark, doing, "it is not YAML (" + in_brief(error.msg, 200) + ")");
    }
}

}  // namespace upkeep
