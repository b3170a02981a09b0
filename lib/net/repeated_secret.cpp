#include "net/repeated_secret.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <functional>
#include <set>

#include "core/digest.h"
#include "core/failure.h"
#include "core/json.h"
#include "net/url.h"

namespace upkeep {

namespace {

constexpr std::size_t shortest = 8;

void add(std::set<std::string>& forms, const std::optional<Secret>& secret) {
    if (secret && secret->reveal().size() >= shortest) {
        forms.insert(secret->reveal());
        forms.insert(percent_encoded(secret->reveal()));
    }
}

bool holds(std::string_view text, const std::set<std::string>& forms) {
    return std::any_of(forms.begin(), forms.end(), [&](const std::string& form) {
        // It passes over most of a large text unread.
        const std::boyer_moore_horspool_searcher searcher(form.begin(), form.end());
        return std::search(text.begin(), text.end(), searcher) != text.end();
    });
}

bool any_text_holds(const json::value& value, const std::set<std::string>& forms) {
    if (const auto* text = value.if_string()) {
        return holds(*text, forms);
    }
    if (const auto* list = value.if_array()) {
        return std::any_of(list->begin(), list->end(),
                           [&](const json::value& each) { return any_text_holds(each, forms); });
    }
    const auto* object = value.if_object();
    return object != nullptr &&
           std::any_of(object->begin(), object->end(), [&](const json::key_value_pair& each) {
               return holds(each.key(), forms) || any_text_holds(each.value(), forms);
           });
}

// In JSON any letter can be written as an escape.
bool holds_escaped(std::string_view body, const std::set<std::string>& forms) {
    if (body.find('\\') == std::string_view::npos) {
        return false;
    }
    boost::system::error_code error;
    const json::value value = json::parse(body, error);
    return !error && any_text_holds(value, forms);
}

}  // namespace

void refuse_repeated_secret(std::string_view body, const Endpoint& endpoint,
                            const std::string& doing) {
    std::set<std::string> forms;
    add(forms, endpoint.password);
    add(forms, endpoint.token);
    add(forms, endpoint.refresh_token);
    if (endpoint.password && !endpoint.password->reveal().empty()) {
        forms.insert(base64(endpoint.username.value_or("") + ":" + endpoint.password->reveal()));
    }
    if (holds(body, forms) || holds_escaped(body, forms)) {
        throw Failure(doing,
                      "the answer holds the password, secret or token that it was asked with, "
                      "which a report would show",
                      "Change that secret: whoever may read this answer knows it. One that is a "
                      "common word may be there by chance.");
    }
}

}  // namespace upkeep
