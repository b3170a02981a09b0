#include "net/repeated_secret.h"

#include <algorithm>
#include <functional>
#include <set>

#include "core/digest.h"
#include "core/failure.h"
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

bool holds(std::string_view body, const std::string& form) {
    // It passes over most of a large body unread.
    const std::boyer_moore_horspool_searcher searcher(form.begin(), form.end());
    return std::search(body.begin(), body.end(), searcher) != body.end();
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
    if (std::any_of(forms.begin(), forms.end(),
                    [&](const std::string& form) { return holds(body, form); })) {
        throw Failure(doing,
                      "the answer holds the password, secret or token that it was asked with, "
                      "which a report would show",
                      "Change that secret: whoever may read this answer knows it. One that is a "
                      "common word may be there by chance.");
    }
}

}  // namespace upkeep
