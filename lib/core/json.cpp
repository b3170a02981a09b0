#include "core/json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include "core/failure.h"
#include "core/limits.h"
#include "core/no_text.h"
#include "core/text.h"

namespace upkeep {

namespace {

using TakeItem = std::function<void(const json::value& item)>;

// Builds the value as Boost.JSON's own parser does, and notices a key that stands twice in one
// object, which that parser resolves in silence. With `take` it does not keep a list's items.
class Handler {
  public:
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    using error_code = boost::system::error_code;

    explicit Handler(TakeItem take) : take_(std::move(take)) { stack_.reset(); }

    json::value release() { return stack_.release(); }
    const std::string& doubled_key() const { return doubled_key_; }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) {
        keys_.emplace_back();
        ++depth_;
        return true;
    }
    bool on_object_end(std::size_t n, error_code& error) {
        std::vector<std::string>& keys = keys_.back();
        std::sort(keys.begin(), keys.end());
        if (const auto twice = std::adjacent_find(keys.begin(), keys.end()); twice != keys.end()) {
            doubled_key_ = *twice;
            error = json::error::extra_data;
            return false;
        }
        keys_.pop_back();
        stack_.push_object(n);
        --depth_;
        return whole(error);
    }
    bool on_array_begin(error_code&) {
        takes_ = takes_ || (take_ && depth_ == 0);
        ++depth_;
        return true;
    }
    bool on_array_end(std::size_t n, error_code& error) {
        --depth_;
        stack_.push_array(takes_ && depth_ == 0 ? 0 : n);
        return whole(error);
    }
    bool on_key_part(json::string_view part, std::size_t, error_code&) {
        key_.append(part.data(), part.size());
        stack_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, error_code&) {
        keys_.back().push_back(std::exchange(key_, {}).append(part.data(), part.size()));
        stack_.push_key(part);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, error_code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, error_code& error) {
        stack_.push_string(part);
        return whole(error);
    }
    bool on_number_part(json::string_view, error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, error_code& error) {
        stack_.push_int64(number);
        return whole(error);
    }
    bool on_uint64(std::uint64_t number, json::string_view, error_code& error) {
        stack_.push_uint64(number);
        return whole(error);
    }
    // 1e400 would be none that could be written again; of 0e400 Boost.JSON makes no number.
    bool on_double(double number, json::string_view, error_code& error) {
        if (!std::isfinite(number)) {
            error = json::error::exponent_overflow;
            return false;
        }
        stack_.push_double(number);
        return whole(error);
    }
    bool on_bool(bool truth, error_code& error) {
        stack_.push_bool(truth);
        return whole(error);
    }
    bool on_null(error_code& error) {
        stack_.push_null();
        return whole(error);
    }
    bool on_comment_part(json::string_view, error_code&) { return true; }
    bool on_comment(json::string_view, error_code&) { return true; }

  private:
    // A value has ended.
    bool whole(error_code& error) {
        if (++kept_ > limits::json_values) {
            error = json::error::array_too_large;
            return false;
        }
        if (takes_ && depth_ == 1) {
            take_(stack_.release());
            stack_.reset();
            kept_ = 0;
        }
        return true;
    }

    TakeItem take_;
    bool takes_ = false;     // the value is a list
    std::size_t depth_ = 0;  // of objects and lists that are open
    std::size_t kept_ = 0;   // values
    json::value_stack stack_;
    std::string key_;
    std::vector<std::vector<std::string>> keys_;  // of the objects that are open
    std::string doubled_key_;
};

std::string position(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t start = before.rfind('\n');
    const std::size_t column = start == std::string_view::npos ? at + 1 : at - start;
    return "in line " + std::to_string(line) + ", column " + std::to_string(column);
}

std::string reason(boost::system::error_code error, std::string_view text) {
    if (error == json::error::too_deep) {
        return "it is nested deeper than " + std::to_string(limits::depth) + " levels";
    }
    if (error == json::error::array_too_large) {
        return "it holds more than " + std::to_string(limits::json_values) + " values";
    }
    if (error == json::error::exponent_overflow) {
        return "it holds a number that is too large";
    }
    if (error == json::error::incomplete) {
        return "it ends too early";
    }
    if (error == json::error::extra_data) {
        return "something stands after the end of the value";
    }
    // Boost.JSON calls that a syntax error too.
    const std::string said = valid_utf8(text) == text ? error.message() : "it is no UTF-8";
    return "it is not JSON (" + said + ")";
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

void write_pretty(std::string& out, const json::value& value, const std::string& indent);

template <typename Items, typename Write>
void write_items(std::string& out, const Items& items, char open, char close,
                 const std::string& indent, Write write) {
    if (items.empty()) {
        out += {open, close};
        return;
    }
    const std::string inner = indent + "  ";
    out += open;
    const char* separator = "\n";
    for (const auto& item : items) {
        out += separator + inner;
        write(item, inner);
        separator = ",\n";
    }
    out += "\n" + indent;
    out += close;
}

void write_pretty(std::string& out, const json::value& value, const std::string& indent) {
    if (const json::object* object = value.if_object()) {
        write_items(out, *object, '{', '}', indent,
                    [&](const auto& item, const std::string& inner) {
                        out += json::serialize(json::string_view(item.key())) + ": ";
                        write_pretty(out, item.value(), inner);
                    });
    } else if (const json::array* array = value.if_array()) {
        write_items(out, *array, '[', ']', indent, [&](const auto& item, const std::string& inner) {
            write_pretty(out, item, inner);
        });
    } else {
        out += json::serialize(value);
    }
}

}  // namespace

json::value parse_json(std::string_view text, const std::string& doing, const std::string& advice) {
    return parse_items(text, doing, nullptr, advice);
}

json::value parse_items(std::string_view text, const std::string& doing, const TakeItem& f,
                        const std::string& advice) {
    text = without_mark(text);
    if (is_blank(text)) {
        throw Failure(doing, "it is empty", advice);
    }
    json::parse_options options;
    options.max_depth = limits::depth;
    json::basic_parser<Handler> parser(options, f);
    boost::system::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (!parser.handler().doubled_key().empty()) {
        throw Failure(doing,
                      "the key " + quoted(parser.handler().doubled_key()) +
                          " stands twice in one object, " + position(text, used),
                      advice);
    }
    if (!error && used < text.size() && !is_blank(text.substr(used))) {
        error = json::error::extra_data;
    }
    if (error) {
        const auto else_it_is = what_else_it_is(text);
        throw Failure(
            doing,
            else_it_is ? "it is " + *else_it_is : reason(error, text) + ", " + position(text, used),
            advice);
    }
    return parser.handler().release();
}

std::string to_line(const json::value& value) {
    return json::serialize(value);
}

std::string to_pretty(const json::value& value, const std::string& indent) {
    std::string out;
    write_pretty(out, value, indent);
    return out;
}

std::string text_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

bool is_true(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

const json::object* object_in(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr ? nullptr : value->if_object();
}

std::optional<json::object> object_or_nothing(std::string_view text) {
    try {
        json::value value = parse_json(text, "reading");
        return value.is_object() ? std::optional(std::move(value.get_object())) : std::nullopt;
    } catch (const Failure&) {
        return std::nullopt;
    }
}

std::string type_name(const json::value& value) {
    switch (value.kind()) {
        case json::kind::object:
            return "an object";
        case json::kind::array:
            return "a list";
        case json::kind::string:
            return "a text";
        case json::kind::bool_:
            return value.get_bool() ? "true" : "false";
        case json::kind::null:
            return "null";
        default:
            return "a number";
    }
}

}  // namespace upkeep
