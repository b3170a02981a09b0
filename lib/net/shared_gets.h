// Equal requests asked once: several sources of one look, at the same published list.
#pragma once

#include <future>
#include <map>
#include <mutex>
#include <string>

#include "net/http.h"

namespace upkeep {

// Everyone who gets what another one gets or got - the same URL by the same way as the same client
// - has its answer, or its failure. Lives as long as one look, so that no answer grows old.
class SharedGets : public Http {
  public:
    explicit SharedGets(Http& http) : http_(http) {}

    HttpReply send(const HttpRequest& request) override;

  private:
    Http& http_;
    std::mutex mutex_;
    std::map<std::string, std::shared_future<HttpReply>> replies_;
};

}  // namespace upkeep
