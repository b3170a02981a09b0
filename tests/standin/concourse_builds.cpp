// What a Concourse answers about builds: one, its events, lists of them.
#include <boost/json.hpp>
#include <charconv>
#include <memory>
#include <utility>

#include "concourse.h"
#include "concourse_reply.h"

namespace standin {
namespace {

namespace json = boost::json;

std::optional<std::int64_t> number_in(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && !text.empty()
               ? std::optional(number)
               : std::nullopt;
}

// What is no number counts as 0, as in Concourse.
std::optional<std::int64_t> bound(const Form& query, std::string_view name) {
    const std::string text = value_of(query, name);
    return text.empty() ? std::nullopt : std::optional(number_in(text).value_or(0));
}

Page page_of(const Form& query) {
    Page page;
    page.from = bound(query, "from");
    page.to = bound(query, "to");
    if (const auto limit = bound(query, "limit"); limit && *limit > 0) {
        page.limit = static_cast<std::size_t>(*limit);
    }
    page.by_time = !value_of(query, "timestamps").empty();
    return page;
}

std::string link(const Arrival& arrival, const Asked& asked, const Page& page,
                 std::pair<const char*, std::int64_t> begin, const char* relation) {
    return "<" + origin_of(arrival) + asked.path + "?" + begin.first + "=" +
           std::to_string(begin.second) + "&limit=" + std::to_string(page.limit) + ">; rel=\"" +
           relation + "\"";
}

std::string event_text(std::size_t number, const char* name, const std::string& data) {
    return "id: " + std::to_string(number) + "\nevent: " + name + "\ndata" +
           (data.empty() ? "" : ": " + data) + "\n\n";
}

}  // namespace

Reply Concourse::list(const ConcourseState::Which& which, const Arrival& arrival,
                      const Asked& asked) {
    const Page page = page_of(asked.query);
    if (!page.by_time && page.from && page.to && *page.from > *page.to) {
        return concourse_says(404, "");
    }
    const Listed listed = state_.list(which, page);
    json::array builds;
    for (const ConcourseBuild* build : listed.builds) {
        builds.push_back(state_.shown(*build));
    }
    Reply reply = concourse_json(200, builds);
    if (listed.older) {
        reply.headers.emplace_back("Link",
                                   link(arrival, asked, page, {"to", *listed.older}, "next"));
    }
    if (listed.newer) {
        reply.headers.emplace_back("Link",
                                   link(arrival, asked, page, {"from", *listed.newer}, "previous"));
    }
    return reply;
}

// Whoever has signed in sees all of the team's.
Reply Concourse::team_builds(const Asker& who, const Arrival& arrival, const Asked& asked) {
    if (!who.known) {
        return refusal(who);
    }
    const std::string team = parts_of(asked.path)[3];
    if (!team_names().contains(team)) {
        return concourse_says(404, "");
    }
    return list([&](const ConcourseBuild& build) { return build.team == team; }, arrival, asked);
}

// What the steps of a build got and put.
json::value resources_of(const ConcourseBuild& build) {
    json::array outputs;
    if (build.let_by) {
        outputs.push_back(
            {{"name", "deploy-slot"}, {"version", {{"build", std::to_string(build.id)}}}});
    }
    return {{"inputs", json::array()}, {"outputs", std::move(outputs)}};
}

// /api/v1/builds/:id, and /abort, /events and /resources below.
Reply Concourse::one_build(const Asker& who, const Arrival& arrival, const Asked& asked) {
    const auto parts = parts_of(asked.path);
    const std::string what = parts.size() > 4 ? parts[4] : "";
    const bool is_abort = what == "abort" && arrival.method == "PUT";
    const auto id = number_in(parts.size() > 3 ? parts[3] : "");
    if (!id) {
        return concourse_says(400, "");
    }
    ConcourseBuild* const build = state_.build(*id);
    if (is_abort && !who.known) {
        return refusal(who);
    }
    if (build == nullptr) {
        return concourse_says(404, "");
    }
    const bool is_exposed = build->pipeline && state_.pipelines()[*build->pipeline].exposed;
    if (is_abort ? !who.operates(build->team) : !(who.sees(build->team) || is_exposed)) {
        return refusal(who);
    }
    if (is_abort) {
        state_.abort(*build);
        return concourse_says(204, "");
    }
    if (what == "events" && arrival.method == "GET") {
        return events(arrival, *build);
    }
    if (what == "resources" && arrival.method == "GET") {
        return concourse_json(200, resources_of(*build));
    }
    if (!what.empty() || arrival.method != "GET") {
        return concourse_says(404, "404 page not found\n");
    }
    state_.look_at(*build);
    return concourse_json(200, state_.shown(*build));
}

// One piece is what has come since the last one. At the end Concourse holds the connection.
Reply Concourse::events(const Arrival& arrival, ConcourseBuild& build) {
    const auto last = number_in(header_of(arrival, "last-event-id"));
    Reply reply = concourse_says(200, "");
    reply.headers = {{"Content-Type", "text/event-stream; charset=utf-8"},
                     {"X-Concourse-Version", "8.2.5"},
                     {"Cache-Control", "no-cache, no-store, must-revalidate"},
                     {"X-Accel-Buffering", "no"},
                     {"X-ATC-Stream-Version", "2.0"}};
    const auto first = static_cast<std::size_t>(last ? *last + 1 : 0);
    const auto next = std::make_shared<std::size_t>(first);
    reply.stream = [this, id = build.id, first, next]() -> Piece {
        ConcourseBuild& own = *state_.build(id);
        state_.look_at(own);
        const json::array events = state_.events(own);
        Piece piece;
        for (; *next < events.size(); ++*next) {
            if (own.breaks_after != 0 && *next - first == own.breaks_after) {
                piece.end = Fault::close;
                return piece;
            }
            piece.bytes += event_text(*next, "event", json::serialize(events[*next]));
        }
        if (own.ended()) {
            piece.bytes += event_text(*next, "end", "");
            piece.end = Fault::hang;
        }
        return piece;
    };
    return reply;
}

}  // namespace standin
