// The API of a Concourse. One sign-in serves all that is asked of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atc/build.h"
#include "atc/refused.h"
#include "atc/roles.h"
#include "core/secret.h"
#include "net/http.h"

namespace upkeep::atc {

inline constexpr std::size_t builds_of_a_part = 5'000;     // of a list of builds: about 1 MB
inline constexpr std::chrono::minutes longest_silence{5};  // of a build's events, before they are
                                                           // asked for anew

// From any thread. Everything throws Refused, Failure for what may pass, Stopped. What the client
// may not see looks as if it were not there: where that would make an answer wrong, ask roles().
class Concourse {
  public:
    // Both must outlive it. The endpoint says as whom: user and password of a local or LDAP user,
    // or a token. `for_people` is the URL by which a browser reaches it, where that is another.
    Concourse(const Endpoint& endpoint, Http& http, std::optional<Url> for_people = {})
        : endpoint_(endpoint), http_(http), for_people_(std::move(for_people)) {}

    Roles roles();
    std::optional<Build> build(BuildId id);
    // Whether a put of the build has made this version. False where there is no such build.
    bool has_put(BuildId id, const json::object& version);
    // For what a build that is pending waits, in words; empty where Concourse does not say.
    std::string waits_for(BuildId id);
    // All builds of the team, re-runs included, that started in these seconds and still run. Asks
    // in parts where many have ended since; throws Refused where even one second has more than a
    // part can hold.
    std::vector<Build> running_builds(const std::string& team, DatabaseTime from, DatabaseTime to);
    // All builds of the job with this id or a higher one, re-runs included, but for those beyond
    // the first thousand: then throws Refused.
    std::vector<Build> builds_from(const JobRef& job, BuildId id);
    // What is triggered now gets a higher id; 0 where the job has no build.
    BuildId newest_build(const JobRef& job);
    // All that the client may see; jobs that were removed are left out, archived pipelines and
    // their jobs are not.
    std::vector<Job> jobs();
    std::vector<Pipeline> pipelines();
    std::optional<Job> job(const JobRef& job);
    std::optional<Pipeline> pipeline(const JobRef& of);

    // The new build; Refused where the job takes no manual trigger, or its pipeline is archived;
    // nothing where there is no such job.
    std::optional<Build> trigger(const JobRef& job);
    // False where there is no such build, or no such job.
    bool abort_build(BuildId id);
    bool pause(const JobRef& job);
    bool unpause(const JobRef& job);

    // Calls f with the data of each event of the build, from the one with this number on, as they
    // come; returns true at the end of the build, false where the stream broke off. f gets the
    // event's number.
    bool follow(BuildId id, std::uint64_t from,
                const std::function<void(std::uint64_t number, const json::object& event)>& f);

    // Where a person looks at it.
    std::string url_of(const Build& build) const;
    std::string url_of(const JobRef& job) const;
    // Whether a text of a build's log holds what signs this client in.
    bool signs_in_with(std::string_view text);
    // Without secrets.
    std::string place() const { return endpoint_.url.shown(); }
    const std::string& user() const;

  private:
    struct Ask {
        std::string method = "GET";
        std::string path;
        std::string query = {};
    };
    HttpReply send(const Ask& ask);
    // `endpoint` is the request's own, which gets the token.
    HttpReply send_signed(HttpRequest& request, Endpoint& endpoint);
    // Of a list f gets the items, where there is an f.
    json::value read(const HttpReply& reply, const Ask& ask,
                     const std::function<void(const json::value& item)>& f = nullptr) const;
    // Calls f with each item of the answer, which is a list of `what`.
    void each(const Ask& ask, const HttpReply& reply, const std::string& what,
              const std::function<void(const json::value& item)>& f);
    // Of what `parse` makes of each item of the answer, which is a list of `what`.
    template <typename Parse>
    auto list(const Ask& ask, const HttpReply& reply, const std::string& what, Parse parse);
    std::vector<Build> list_builds(const Ask& ask);
    // Throws Refused where there is no such team; Failure where there is, or it cannot be told.
    [[noreturn]] void no_builds_of(const std::string& team, const std::string& doing);
    bool put(const std::string& path, const std::string& query);
    std::string doing(const Ask& ask) const;
    HttpRequest request_to(const Ask& ask, const Endpoint& endpoint) const;
    std::optional<Secret> token_other_than(const std::optional<Secret>& refused);

    const Endpoint& endpoint_;
    Http& http_;
    std::optional<Url> for_people_;
    std::mutex mutex_;
    std::optional<Secret> token_;
};

}  // namespace upkeep::atc
