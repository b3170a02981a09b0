// HTML whose pieces cannot be put together without having been escaped.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace upkeep::present {

class Markup;

struct Attribute {
    const char* name;
    std::string value;  // escaped when it is written
};

// An element with what is in it; a line feed follows block elements, for those who read the source.
Markup element(const char* tag, std::initializer_list<Attribute> attributes, const Markup& content);
Markup element(const char* tag, const Markup& content);

class Markup {
  public:
    Markup() = default;

    // Names and sentences from outside: escaped, and shortened as in escape.h.
    static Markup name(std::string_view text);
    static Markup text(std::string_view text);
    // Our own words, or an element without content; a literal, so that nothing from outside gets
    // here.
    template <std::size_t size>
    static Markup literal(const char (&markup)[size]) {
        return Markup(std::string(markup, size - 1));
    }

    Markup& operator+=(const Markup& more) {
        html_ += more.html_;
        return *this;
    }
    friend Markup operator+(Markup left, const Markup& right) { return left += right; }

    bool empty() const { return html_.empty(); }
    const std::string& html() const { return html_; }

  private:
    explicit Markup(std::string html) : html_(std::move(html)) {}
    friend Markup element(const char*, std::initializer_list<Attribute>, const Markup&);

    std::string html_;
};

}  // namespace upkeep::present
