#include "resource/stemcell/published_list.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "bosh/published_index.h"
#include "bosh/table_columns.h"
#include "core/failure.h"
#include "core/limits.h"
#include "core/text.h"
#include "net/parallel.h"
#include "system/files.h"

namespace upkeep::stemcell {

namespace {

using Answers = std::map<std::string, LineAnswer>;

std::string doing(const std::string& place) {
    return "reading the published stemcells from " + place;
}

std::string path_in(const std::string& folder, const std::string& name) {
    return std::string(folder).append("/").append(name);
}

// A list that was fetched is not for whoever looks to mend.
bosh::PublishedLines parse_answer(const std::string& body, const std::string& place) {
    try {
        return bosh::parse_published(body, place);
    } catch (const Failure& failure) {
        throw Failure(failure.doing(), failure.why(),
                      "Is `published` the base URL of bosh.io or of a mirror that answers as it "
                      "does, and does nothing on the way (a proxy, a sign-in page) answer for it?");
    }
}

LineAnswer ask(const Endpoint& endpoint, const std::string& line, World& world) {
    HttpRequest request;
    request.endpoint = &endpoint;
    request.path = "/api/v1/stemcells/" + percent_encoded(line);
    request.query = "all=1";  // without it only the newest 40
    LineAnswer answer;
    answer.known.place = request.url().shown();
    if (endpoint.url.host == "bosh.io") {
        answer.known.page = "https://bosh.io/stemcells/" + percent_encoded(line);
    }
    try {
        const std::string body = get_body(world.http, request);
        bosh::PublishedLines lines = parse_answer(body, answer.known.place);
        const auto found = lines.find(line);
        if (found == lines.end() && !lines.empty()) {
            throw Failure(doing(answer.known.place),
                          "it lists " + in_brief(lines.begin()->first) + " instead of " + line,
                          "Give the URL of a mirror of bosh.io, without /api/v1/stemcells.");
        }
        if (found != lines.end()) {
            answer.known.versions = std::move(found->second);
        }
    } catch (const Stopped&) {
        throw;
    } catch (const Failure& failure) {
        answer.failure = {failure.doing() + ": " + failure.why(), failure.advice()};
    }
    return answer;
}

Answers ask_all(const Endpoint& endpoint, const std::vector<std::string>& lines, World& world) {
    std::vector<LineAnswer> answers =
        parallel(lines, limits::transfers_at_once,
                 [&](const std::string& line) { return ask(endpoint, line, world); });
    // A server has no list of its lines: of those that were asked for it has these.
    std::vector<std::string> names;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!answers[i].known.versions.empty()) {
            names.push_back(lines[i]);
        }
    }
    Answers by_line;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (answers[i].known.versions.empty()) {
            answers[i].known.others = names;
        }
        by_line.emplace(lines[i], std::move(answers[i]));
    }
    return by_line;
}

Answers pick(bosh::PublishedLines published, const std::vector<std::string>& lines,
             const std::string& place) {
    std::vector<std::string> names;
    for (const auto& [name, versions] : published) {
        if (!versions.empty()) {
            names.push_back(name);
        }
    }
    Answers answers;
    for (const std::string& line : lines) {
        LineAnswer& answer = answers[line];
        answer.known.place = place;
        if (const auto found = published.find(line); found != published.end()) {
            answer.known.versions = std::move(found->second);
        }
        if (answer.known.versions.empty()) {
            answer.known.others = names;
        }
    }
    return answers;
}

bosh::PublishedLines read_list(const std::string& path, World& world) {
    const std::string text = read_file(path, limits::document_bytes, doing(path), world.stop);
    return bosh::parse_published(text, path);
}

Answers read_list_file(const std::string& path, const std::vector<std::string>& lines,
                       World& world) {
    bosh::PublishedLines published = read_list(path, world);
    if (published.empty()) {
        throw Failure(doing(path), "it lists no version");
    }
    return pick(std::move(published), lines, path);
}

// The lines of which the folder has a file NAME.json; whose names say that they are, or wanted
// ones.
std::vector<std::string> lines_in(const std::string& folder, const std::vector<std::string>& files,
                                  const std::vector<std::string>& wanted) {
    constexpr std::string_view ending = ".json";
    std::vector<std::string> lines;
    for (const std::string& file : files) {
        const std::string name = file.substr(0, file.size() - std::min(file.size(), ending.size()));
        if (file.ends_with(ending) &&
            (bosh::is_published_name(name) ||
             std::find(wanted.begin(), wanted.end(), name) != wanted.end())) {
            lines.push_back(name);
        }
    }
    if (lines.empty()) {
        throw Failure(doing(folder), "it holds no list of versions",
                      "It should have a file for each line, bosh-aws-xen-hvm-ubuntu-noble.json, "
                      "or be a checkout of bosh-io-stemcells-core-index.");
    }
    return lines;
}

// A folder of NAME.json files.
Answers read_list_folder(const std::string& folder, const std::vector<std::string>& files,
                         const std::vector<std::string>& lines, World& world) {
    const std::vector<std::string> known = lines_in(folder, files, lines);
    Answers answers;
    for (const std::string& line : lines) {
        LineAnswer& answer = answers[line];
        answer.known.place = folder;
        if (std::find(known.begin(), known.end(), line) == known.end()) {
            answer.known.others = known;
            continue;
        }
        const std::string path = path_in(folder, line + ".json");
        try {
            answer = std::move(pick(read_list(path, world), {line}, path).at(line));
        } catch (const Stopped&) {
            throw;
        } catch (const Failure& failure) {
            answer.failure = {failure.doing() + ": " + failure.why(), failure.advice()};
        }
    }
    return answers;
}

Answers read_folder(const std::string& folder, const std::vector<std::string>& lines,
                    World& world) {
    const auto files =
        files_below(folder, limits::folder_files, doing(folder), bosh::may_hold_index_files);
    const std::set<std::string> wanted(lines.begin(), lines.end());
    bosh::IndexReader index(wanted);
    bool is_index = false;
    for (const std::string& file : files) {
        if (!index.wants(file)) {
            is_index = is_index || bosh::is_index_file(file);
            continue;
        }
        is_index = true;
        const std::string path = path_in(folder, file);
        index.add(read_file(path, limits::source_bytes, doing(path), world.stop), path);
    }
    return is_index ? pick(index.take_lines(), lines, folder)
                    : read_list_folder(folder, files, lines, world);
}

}  // namespace

PublishedPlace read_published_place(Fields& source, const EndpointDefaults& defaults) {
    const json::value* value = source.raw("published");
    if (value == nullptr) {
        return plain_endpoint("https://bosh.io", defaults);
    }
    if (value->is_string()) {
        const std::string text = source.required_text("published");
        if (!looks_like_url(text)) {
            if (may_be_meant_as_url(text)) {
                // Not quoted: it may hold a password.
                throw source.wrong("published", "it looks like a URL",
                                   "It has to begin with http:// or https://.");
            }
            return text;
        }
    }
    return *read_endpoint(source, "published", defaults);
}

std::map<std::string, LineAnswer> published_lines(const PublishedPlace& place,
                                                  const std::vector<std::string>& lines,
                                                  World& world) {
    if (const auto* endpoint = std::get_if<Endpoint>(&place)) {
        return ask_all(*endpoint, lines, world);
    }
    const auto& path = std::get<std::string>(place);
    return is_folder(path) ? read_folder(path, lines, world) : read_list_file(path, lines, world);
}

}  // namespace upkeep::stemcell
