// A director's API. One sign-in serves all that is asked of it.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "bosh/deployment.h"
#include "bosh/director_info.h"
#include "bosh/uaa.h"
#include "core/failure.h"
#include "net/http.h"

namespace upkeep::bosh {

inline constexpr const char* director_port = "25555";  // where a URL names none
inline constexpr const char* not_the_director =
    "Does nothing on the way (a proxy, a sign-in page) answer for the director?";

// From any thread. Everything throws Failure with what was asked, why not, and what to do; it tells
// a wrong secret (or one that has expired) from a scope that is lacking.
class Director {
  public:
    // Both must outlive it. The endpoint says as whom: a UAA client, or a person, by the director's
    // UAA; a director without one takes either as basic authentication.
    Director(const Endpoint& endpoint, Http& http) : endpoint_(endpoint), http_(http) {}

    // Asked for once.
    const DirectorInfo& info();
    // What a client of a team may not see is not there.
    std::vector<Deployment> deployments();
    // The body of a 200, as whom info() says; one new token where the first is refused.
    std::string get(const std::string& path, const std::string& query = {});
    // Of what the director does not answer at once: "/tasks/12", which get() can ask for.
    std::string start_task(const std::string& path, const std::string& query);
    // What a task that is done has found, a line each: an answer that may have been cut is refused.
    std::string task_result(const std::string& task);

    // "client upkeep", "user admin", "the sign-in of the bosh CLI"; or empty.
    std::string identity() const;
    // The URLs of info(), deployments() and others, without secrets.
    std::string info_place() const;
    std::string deployments_place() const;
    std::string url_of(const std::string& path) const;

  private:
    HttpRequest request_to(const Endpoint& endpoint, const std::string& path,
                           const std::string& query) const;
    HttpReply ask(const std::string& path, const std::string& query, long wanted_status);
    Failure refusal(const HttpReply& reply, const HttpRequest& request, bool by_token);

    std::optional<Secret> token_other_than(const std::optional<Secret>& refused);
    Token new_token(const std::string& uaa_url);

    const Endpoint& endpoint_;
    Http& http_;
    std::mutex info_mutex_;
    std::optional<DirectorInfo> info_;
    std::mutex token_mutex_;
    std::optional<Token> token_;
};

}  // namespace upkeep::bosh
