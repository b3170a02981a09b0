#include "core/no_text.h"

#include <algorithm>

#include "core/text.h"

namespace upkeep {

namespace {

constexpr std::size_t bytes_searched = 4096;

std::string html_page(std::string_view text) {
    const std::string lower = in_small_letters(text);
    const std::size_t title = lower.find("<title>");
    const std::size_t end = lower.find("</title>");
    if (title == std::string::npos || end == std::string::npos || end < title) {
        return "an HTML page";
    }
    const std::size_t start = title + std::string_view("<title>").size();
    return "an HTML page (" + std::string(text.substr(start, end - start)) + ")";
}

}  // namespace

std::optional<std::string> what_else_it_is(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        return "UTF-16 text, as PowerShell's > writes it";
    }
    if (text.starts_with("\x1F\x8B") || text.starts_with("PK\x03\x04")) {
        return "a compressed archive";
    }
    if (text.find('\0') != std::string_view::npos) {
        return "binary data";
    }
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\xEF\xBB\xBF"), text.size()));
    if (!text.starts_with("<")) {
        return std::nullopt;
    }
    const std::string_view beginning = text.substr(0, bytes_searched);
    const std::string lower = in_small_letters(beginning);
    if (lower.find("<html") != std::string::npos || lower.starts_with("<!doctype html")) {
        return html_page(beginning);
    }
    return "XML or HTML";
}

}  // namespace upkeep
