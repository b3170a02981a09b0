#include "core/failure.h"

#include <utility>

namespace upkeep {

Failure::Failure(std::string doing, std::string why, std::string advice)
    : doing_(std::move(doing)), why_(std::move(why)), advice_(std::move(advice)) {
    message_ = doing_ + ": " + why_;
    if (!advice_.empty()) {
        message_ += "\n  " + advice_;
    }
}

Stopped::Stopped() : Failure("stopped", "a signal asked for it") {}

}  // namespace upkeep
