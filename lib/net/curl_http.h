// Http on libcurl.
#pragma once

#include "net/authorities.h"
#include "net/http.h"
#include "net/retry.h"
#include "net/transfer_loop.h"
#include "system/clock.h"
#include "system/environment.h"
#include "system/stop.h"

namespace upkeep {

class CurlHttp : public Http {
  public:
    // All must outlive it.
    CurlHttp(const Environment& environment, const Clock& clock, const Stop& stop);

    HttpReply get(const HttpRequest& request) override;

  private:
    const Environment& environment_;
    const Clock& clock_;
    const Stop& stop_;
    AuthorityStores authorities_;
    TransferLoop loop_;
};

}  // namespace upkeep
