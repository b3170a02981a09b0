#include "present/markup.h"

#include <algorithm>
#include <array>

#include "present/escape.h"

namespace upkeep::present {

namespace {

constexpr std::array<std::string_view, 6> inline_tags{"a", "b", "bdi", "code", "span", "time"};

bool is_block(std::string_view tag) {
    return std::find(inline_tags.begin(), inline_tags.end(), tag) == inline_tags.end();
}

}  // namespace

Markup Markup::name(std::string_view text) {
    return Markup(html_name(text));
}

Markup Markup::text(std::string_view text) {
    return Markup(html_text(text));
}

Markup element(const char* tag, std::initializer_list<Attribute> attributes,
               const Markup& content) {
    std::string html = std::string("<") + tag;
    for (const Attribute& one : attributes) {
        html += std::string(" ") + one.name + "=\"" + html_attribute(one.value) + "\"";
    }
    html += ">" + content.html() + "</" + tag + ">";
    return Markup(html + (is_block(tag) ? "\n" : ""));
}

Markup element(const char* tag, const Markup& content) {
    return element(tag, {}, content);
}

}  // namespace upkeep::present
