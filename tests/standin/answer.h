// The bytes of an answer, with the misbehaviour that was asked for.
#pragma once

#include <string>

#include "journal.h"
#include "settings.h"

namespace standin {

struct Answer {
    std::string bytes;
    bool ends = false;   // the connection ends after them
    bool reset = false;  // and the client sees that as a reset
};

Answer answer_of(const Reply& reply, const Arrival& arrival, bool keep_alive);
// For a request that nothing was laid down for: 404, and what to do in the body.
Answer answer_of_none(const Arrival& arrival);

}  // namespace standin
