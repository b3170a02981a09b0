// Http on libcurl.
#pragma once

#include <mutex>
#include <optional>

#include "net/authorities.h"
#include "net/http.h"
#include "net/retry.h"
#include "net/ssh_tunnel.h"
#include "net/transfer_loop.h"
#include "system/clock.h"
#include "system/environment.h"
#include "system/stop.h"

namespace upkeep {

class CurlHttp : public Http {
  public:
    // All must outlive it.
    CurlHttp(const Environment& environment, const Clock& clock, const Stop& stop);

    HttpReply send(const HttpRequest& request) override;

  private:
    TransferLoop& loop();

    const Environment& environment_;
    const Clock& clock_;
    const Stop& stop_;
    AuthorityStores authorities_;
    SshTunnels tunnels_;  // outlives the loop, whose connections go through them
    std::mutex mutex_;
    std::optional<TransferLoop>
        loop_;  // from the first request on: a look at files alone needs none
};

}  // namespace upkeep
