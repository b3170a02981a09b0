#include "net/repeated_secret.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>

#include "core/digest.h"
#include "core/failure.h"
#include "net/url.h"

namespace upkeep {

namespace {

using Forms = std::set<std::string>;

void add(Forms& forms, const std::optional<Secret>& secret, std::size_t shortest) {
    if (secret && secret->reveal().size() >= shortest) {
        forms.insert(secret->reveal());
        forms.insert(percent_encoded(secret->reveal()));
    }
}

bool holds(std::string_view text, const Forms& forms) {
    return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
        // It passes over most of a large text unread.
        const std::boyer_moore_horspool_searcher searcher(form.begin(), form.end());
        return std::search(text.begin(), text.end(), searcher) != text.end();
    });
}

void add_utf8(std::string& text, std::uint32_t code) {
    constexpr std::array<std::uint32_t, 4> heads{0, 0xC0, 0xE0, 0xF0};
    std::size_t more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    text += static_cast<char>(heads[more] | code >> (6 * more));
    while (more-- > 0) {
        text += static_cast<char>(0x80U | (code >> (6 * more) & 0x3FU));
    }
}

// The UTF-16 of an escape like \u00e9 at the beginning of `rest`, which is taken off.
std::optional<std::uint32_t> take_unit(std::string_view& rest) {
    constexpr std::size_t size = 6;
    if (!rest.starts_with("\\u") || rest.size() < size) {
        return std::nullopt;
    }
    std::uint32_t unit = 0;
    const char* const end = rest.data() + size;
    if (std::from_chars(rest.data() + 2, end, unit, 16).ptr != end) {
        return std::nullopt;
    }
    rest.remove_prefix(size);
    return unit;
}

void take_escape(std::string& text, std::string_view& rest) {
    if (auto unit = take_unit(rest)) {
        std::string_view behind = rest;
        const auto second = *unit >> 10U == 0x36 ? take_unit(behind) : std::nullopt;
        if (second && *second >> 10U == 0x37) {  // two are one character
            unit = 0x10000U + ((*unit & 0x3FFU) << 10U) + (*second & 0x3FFU);
            rest = behind;
        }
        add_utf8(text, *unit);
        return;
    }
    constexpr std::string_view letters = "bfnrt";
    constexpr auto none = std::string_view::npos;
    const std::string_view letter = rest.substr(1, 1);
    const std::size_t at = letter.empty() ? none : letters.find(letter);
    text += at == none ? letter : std::string_view("\b\f\n\r\t").substr(at, 1);
    rest.remove_prefix(1 + letter.size());
}

// What JSON's escapes mean, in any text: a server may quote a part of what it got.
std::string unescaped(std::string_view rest) {
    std::string text;
    while (!rest.empty()) {
        const std::size_t plain = std::min(rest.find('\\'), rest.size());
        text += rest.substr(0, plain);
        rest.remove_prefix(plain);
        if (!rest.empty()) {
            take_escape(text, rest);
        }
    }
    return text;
}

}  // namespace

bool repeats_secret(std::string_view body, const Endpoint& endpoint,
                    const std::vector<Secret>& more, std::size_t shortest) {
    Forms forms;
    add(forms, endpoint.password, shortest);
    add(forms, endpoint.token, shortest);
    add(forms, endpoint.refresh_token, shortest);
    for (const Secret& secret : more) {
        add(forms, secret, shortest);
    }
    if (endpoint.password && !endpoint.password->reveal().empty()) {
        forms.insert(base64(endpoint.username.value_or("") + ":" + endpoint.password->reveal()));
    }
    return holds(body, forms) ||
           (body.find('\\') != std::string_view::npos && holds(unescaped(body), forms));
}

void refuse_repeated_secret(std::string_view body, const Endpoint& endpoint,
                            const std::string& doing) {
    if (repeats_secret(body, endpoint, {}, surely_a_secret)) {
        throw Failure(doing,
                      "the answer holds the password, secret or token that it was asked with, "
                      "which a report would show",
                      "Change that secret: whoever may read this answer knows it. One that is a "
                      "common word may be there by chance.");
    }
}

}  // namespace upkeep
