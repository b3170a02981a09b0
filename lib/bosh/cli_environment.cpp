#include "bosh/cli_environment.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "bosh/director.h"
#include "core/failure.h"
#include "core/fields.h"
#include "core/text.h"
#include "core/yaml.h"
#include "net/known_hosts.h"
#include "net/proxies.h"
#include "net/url.h"

namespace upkeep::bosh {

namespace {

constexpr const char* config_advice =
    "bosh alias-env writes it: environments: [{alias: NAME, url: URL}]. BOSH_CONFIG names another.";

void copy_text(const json::object& from, const char* key, json::object& to) {
    if (const std::string text = text_in(from, key); !text.empty()) {
        to[key] = text;
    }
}

// ~/x is below HOME, as the CLI has it.
std::string expanded(const std::string& path, const Environment& environment) {
    const auto home = environment.get("HOME");
    return home && path.starts_with("~/") ? *home + path.substr(1) : path;
}

std::string config_path(const Environment& environment) {
    return expanded(environment.get("BOSH_CONFIG").value_or("~/.bosh/config"), environment);
}

bool is_called(const json::object& entry, const std::string& name) {
    return text_in(entry, "alias") == name || text_in(entry, "url") == name;
}

// Of the config's environments: [{url, alias, ca_cert, username, password, refresh_token}]
std::vector<json::object> environments_of(const std::string& config, const std::string& doing) {
    std::vector<json::object> environments;
    if (config.find_first_not_of(" \t\r\n") == std::string::npos) {
        return environments;
    }
    const json::value value = parse_yaml(config, doing);
    if (!value.is_object()) {
        throw Failure(doing, "it is " + type_name(value) + ", wanted: an object", config_advice);
    }
    const json::value* list = value.get_object().if_contains("environments");
    if (list == nullptr || list->is_null()) {
        return environments;
    }
    if (!list->is_array()) {
        throw Failure(doing, "environments is " + type_name(*list) + ", wanted: a list",
                      config_advice);
    }
    for (const json::value& entry : list->get_array()) {
        if (!entry.is_object()) {
            throw Failure(doing,
                          "environments[" + std::to_string(environments.size()) + "] is " +
                              type_name(entry) + ", wanted: an object",
                          config_advice);
        }
        environments.push_back(entry.get_object());
    }
    return environments;
}

// Not quoted where it may hold a password.
bool may_be_host_or_url(const std::string& name) {
    return name.find("://") != std::string::npos || name.find('@') != std::string::npos ||
           std::all_of(name.begin(), name.end(), [](char c) {
               return is_digit(c) || is_letter(c) ||
                      std::string_view("-._:[]/%").find(c) != std::string_view::npos;
           });
}

std::string aliases_advice(const std::string& name, const std::vector<json::object>& environments) {
    std::vector<std::string> aliases;
    for (const json::object& environment : environments) {
        if (std::string alias = text_in(environment, "alias"); !alias.empty()) {
            aliases.push_back(std::move(alias));
        }
    }
    const auto meant = did_you_mean(name, aliases);
    return (meant ? "Did you mean " + *meant + "? " : "") +
           (aliases.empty() ? "There is no alias." : "There are: " + joined(aliases) + ".");
}

// The CLI takes host and port of a URL, and speaks TLS to them whatever else it says.
std::string url_of_cli(const std::string& url) {
    constexpr std::string_view scheme_end = "://";
    const std::size_t scheme = url.find(scheme_end);
    if (!looks_like_url(url) || scheme == std::string::npos) {
        return url;
    }
    const std::size_t begin = scheme + scheme_end.size();
    const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
    return "https://" + url.substr(begin, end - begin);
}

// A name without a dot or a colon is one that a person gives: an alias, as a rule.
bool may_be_meant_as_alias(const std::string& name) {
    return name.find_first_of(".:") == std::string::npos;
}

CliDirector director_called(const std::string& name, const Environment& environment,
                            const FileReader& read) {
    CliDirector director{{{"url", url_of_cli(name)}}, ""};
    const std::string path = config_path(environment);
    const auto config = read(path);
    const auto environments = config ? environments_of(*config, "reading the bosh CLI's " + path)
                                     : std::vector<json::object>();
    const auto known =
        std::find_if(environments.begin(), environments.end(),
                     [&](const json::object& entry) { return is_called(entry, name); });
    if (known == environments.end()) {
        if (!may_be_host_or_url(name)) {
            throw Failure("looking for the director " + quoted(name),
                          "it can be neither a URL nor a host, and " +
                              (config ? path + " has no such alias"
                                      : "there is no file with aliases, " + path),
                          config ? aliases_advice(name, environments) : "");
        }
        if (config && may_be_meant_as_alias(name)) {
            director.hint = name + " is no alias of " + path + ", so it was taken for a host. " +
                            aliases_advice(name, environments);
        }
        return director;
    }
    for (const char* key : {"url", "ca_cert", "username", "password", "refresh_token"}) {
        copy_text(*known, key, director.block);
    }
    director.block["url"] = url_of_cli(text_in(director.block, "url"));
    return director;
}

// BOSH_CLIENT and its secret win over whatever sign-in is saved.
void add_client(json::object& block, const Environment& environment) {
    const auto client = environment.get("BOSH_CLIENT");
    const auto secret = environment.get("BOSH_CLIENT_SECRET");
    if (client.has_value() != secret.has_value()) {
        throw Failure("reading the environment",
                      client ? "there is BOSH_CLIENT, but no BOSH_CLIENT_SECRET"
                             : "there is BOSH_CLIENT_SECRET, but no BOSH_CLIENT",
                      "Set both, or none.");
    }
    if (client) {
        for (const char* key : {"username", "password", "refresh_token"}) {
            block.erase(key);
        }
        block["client"] = *client;
        block["client_secret"] = *secret;
    }
}

std::string required_file(const std::string& path, const std::string& variable,
                          const FileReader& read) {
    if (path.find("-----BEGIN ") != std::string::npos) {
        throw Failure("reading " + variable, "it holds a key, wanted: the path of a file");
    }
    const auto content = read(path);
    if (!content) {
        throw Failure("reading " + variable, "there is no file " + path);
    }
    return *content;
}

// A path or the certificate itself, as the CLI takes it.
void add_ca_cert(json::object& block, const Environment& environment, const FileReader& read) {
    const auto given = environment.get("BOSH_CA_CERT");
    if (!given) {
        return;
    }
    if (given->find("-----BEGIN ") != std::string::npos) {
        block["ca_cert"] = *given;
        return;
    }
    block["ca_cert"] = required_file(expanded(*given, environment), "BOSH_CA_CERT", read);
}

void add_host_keys(CliDirector& director, const std::string& known_hosts,
                   const std::string& proxy) {
    Url url;
    try {
        url = parse_url(proxy, "ssh+socks5");
    } catch (const std::invalid_argument&) {
        return;  // whoever reads the block says what is wrong with it
    }
    try {
        const std::string keys = known_host_keys(known_hosts, url.host, url.port);
        if (!keys.empty()) {
            director.block["proxy_host_key"] = keys;
        }
    } catch (const std::invalid_argument& error) {
        director.hint = std::string("~/.ssh/known_hosts: ") + error.what() +
                        ". Ask who runs the jumpbox which key it has now.";
    }
}

// For a jumpbox ssh+socks5://user@host:22?private-key=PATH; the user is jumpbox where none is
// named. The CLI takes whatever key the jumpbox shows; here it has to be in ~/.ssh/known_hosts, or
// given.
void add_jumpbox(CliDirector& director, std::string jumpbox, const Environment& environment,
                 const FileReader& read) {
    constexpr std::string_view scheme = "ssh+socks5://";
    if (jumpbox.starts_with(scheme) &&
        jumpbox.substr(0, jumpbox.find('?')).find('@') == std::string::npos) {
        jumpbox.insert(scheme.size(), "jumpbox@");
    }
    const std::size_t query = std::min(jumpbox.find('?'), jumpbox.size());
    director.block["proxy"] = jumpbox.substr(0, query);
    const std::string key = value_in_query(std::string_view(jumpbox).substr(query), "private-key");
    if (!key.empty()) {
        director.block["proxy_key"] =
            required_file(expanded(key, environment), "BOSH_ALL_PROXY", read);
    }
    const auto home = environment.get("HOME");
    const auto known_hosts = home ? read(*home + "/.ssh/known_hosts") : std::nullopt;
    if (known_hosts) {
        add_host_keys(director, *known_hosts, jumpbox.substr(0, query));
    }
}

bool is_excluded_by(std::string_view list, const json::object& block) {
    const std::string url = text_in(block, "url");
    try {
        const Url parsed =
            parse_url(looks_like_url(url) ? url : "https://" + url, "http https", director_port);
        return is_excluded(list, parsed.host, parsed.port);
    } catch (const std::invalid_argument&) {
        return false;  // whoever reads the block says what is wrong with it
    }
}

// Where Go asks no proxy of HTTPS_PROXY, whatever NO_PROXY says: a director behind `ssh -L`.
bool is_loopback(const json::object& block) {
    return is_excluded_by("localhost,127.0.0.0/8,::1", block);
}

// As bosh-utils' httpclient/socksify.go: NO_PROXY counts, but for a jumpbox, and a SOCKS proxy is
// what resolves the name, whether it says socks5 or socks5h.
void add_proxy(CliDirector& director, const Environment& environment, const FileReader& read) {
    constexpr std::string_view socks = "socks5://";
    const auto proxy = environment.get("BOSH_ALL_PROXY");
    if (!proxy) {
        if (is_loopback(director.block)) {
            director.block["proxy"] = "none";
        }
        return;
    }
    if (proxy->starts_with("ssh+")) {
        add_jumpbox(director, *proxy, environment, read);
    } else if (is_excluded_by(
                   environment.get("NO_PROXY").value_or(environment.get("no_proxy").value_or("")),
                   director.block)) {
        director.block["proxy"] = "none";
    } else {
        director.block["proxy"] =
            proxy->starts_with(socks) ? "socks5h://" + proxy->substr(socks.size()) : *proxy;
    }
}

}  // namespace

std::optional<CliDirector> cli_director(const std::optional<std::string>& named,
                                        const Environment& environment, const FileReader& read) {
    const auto name = named ? named : environment.get("BOSH_ENVIRONMENT");
    if (!name) {
        return std::nullopt;
    }
    CliDirector director = director_called(*name, environment, read);
    add_client(director.block, environment);
    add_ca_cert(director.block, environment, read);
    add_proxy(director, environment, read);
    return director;
}

}  // namespace upkeep::bosh
