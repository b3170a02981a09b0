// The two ways in which Concourse fails to answer.
#pragma once

#include "core/failure.h"

namespace upkeep::atc {

// Concourse has understood, and says no: asking again will not help. What else is thrown (it cannot
// be reached, a web node is ending, a page of a proxy) may pass.
class Refused : public Failure {
  public:
    using Failure::Failure;
};

// Neither refused nor stopped: it may be waited on.
inline bool may_pass(const Failure& failure) {
    return dynamic_cast<const Refused*>(&failure) == nullptr &&
           dynamic_cast<const Stopped*>(&failure) == nullptr;
}

}  // namespace upkeep::atc
