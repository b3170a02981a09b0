#include "bosh/bosh_said.h"

#include <algorithm>
#include <array>

#include "core/text.h"

namespace upkeep::bosh {

namespace {

constexpr std::size_t first_bytes_shown = 300;
constexpr std::size_t last_bytes_shown = 450;  // the reason stands at the end

struct Advice {
    std::string_view sign;
    std::string_view advice;
};

// The first sign that is found counts. All were seen on bosh 7 (2026), but for the expired login,
// which is from its source (uaa/uaa.go, access_token_session.go).
constexpr std::array advices{
    Advice{"requires one of the scopes",
           "Give that user or client the scope bosh.read (the scopes of a team cannot list "
           "deployments)."},
    Advice{"x509:",
           "Set BOSH_CA_CERT (or pass --ca-cert) to the authority of the director's certificate."},
    Advice{"efreshing token",
           "The login has expired: run bosh log-in, or set BOSH_CLIENT and BOSH_CLIENT_SECRET."},
    Advice{"Requesting token", "UAA refuses the client: check BOSH_CLIENT and BOSH_CLIENT_SECRET."},
    Advice{"Not authorized", "Run bosh log-in, or check BOSH_CLIENT and BOSH_CLIENT_SECRET."},
    Advice{"non-empty Director URL", "Set BOSH_ENVIRONMENT (or pass -e) to the director."},
    Advice{"Failed to find header",
           "Leave --column out: the columns name and stemcell_s are needed."},
    Advice{"Parsing version for",
           "bosh cannot list such a version; save the output of: bosh curl /deployments"},
    Advice{"dial tcp",
           "The director was not reached: check BOSH_ENVIRONMENT, BOSH_ALL_PROXY and the network."},
    Advice{"Performing request",
           "The director was not reached: check BOSH_ENVIRONMENT, BOSH_ALL_PROXY and the network."},
};

constexpr std::string_view blank = " \t\r";

constexpr std::string_view otherwise =
    "Run bosh deployments --json until it succeeds, and use what it prints then.";

// Everything on one line, one space between words.
std::string on_one_line(std::string_view said) {
    std::string joined;
    while (!said.empty()) {
        const std::string_view line = trimmed(said.substr(0, said.find('\n')), blank);
        said.remove_prefix(std::min(said.find('\n'), said.size() - 1) + 1);
        if (!line.empty() && !is_exit_line(line) && !is_greeting(line)) {
            joined += (joined.empty() ? "" : " ");
            joined += line;
        }
    }
    return joined;
}

// https://user:password@host becomes https://host.
std::string without_userinfo(std::string_view text) {
    constexpr std::string_view scheme_end = "://";
    std::string result;
    while (true) {
        const std::size_t found = text.find(scheme_end);
        if (found == std::string_view::npos) {
            return result.append(text);
        }
        result.append(text.substr(0, found + scheme_end.size()));
        text.remove_prefix(found + scheme_end.size());
        const std::string_view authority = text.substr(0, text.find_first_of("/?# '\"\\"));
        const std::size_t at = authority.rfind('@');
        text.remove_prefix(at == std::string_view::npos ? 0 : at + 1);
    }
}

std::string shortened_in_the_middle(const std::string& text) {
    if (text.size() <= first_bytes_shown + last_bytes_shown) {
        return text;
    }
    return text.substr(0, first_bytes_shown) + " ... " +
           text.substr(text.size() - last_bytes_shown);
}

}  // namespace

bool is_exit_line(std::string_view line) {
    return trimmed(line, blank).starts_with("Exit code ");
}

bool is_greeting(std::string_view line) {
    const std::string_view text = trimmed(line, blank);
    return text.starts_with("Using environment '") || text == "Succeeded" ||
           text.starts_with("Acting as user '");
}

Failure bosh_failure(const std::string& doing, std::string_view said) {
    const std::string words = on_one_line(said);
    const auto* const known = std::find_if(
        advices.begin(), advices.end(),
        [&](const Advice& advice) { return words.find(advice.sign) != std::string::npos; });
    const std::string_view advice = known == advices.end() ? otherwise : known->advice;
    const std::string shown = shortened_in_the_middle(without_userinfo(words));
    return Failure(doing, "bosh failed" + (shown.empty() ? "" : ", it said: " + shown),
                   std::string(advice));
}

}  // namespace upkeep::bosh
