// The bytes of an answer, with the misbehaviour that was asked for.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "journal.h"
#include "settings.h"

namespace standin {

struct Answer {
    std::string bytes;
    std::string endless;                 // what follows them again and again, until the client goes
    bool ends = false;                   // the connection ends after them,
    Fault fault = Fault::none;           // in this way
    std::function<Piece()> stream = {};  // what comes after the bytes until it ends
};

// A piece of a stream, as it is sent.
std::string in_a_chunk(std::string_view piece);
Answer answer_of(const Reply& reply, const Arrival& arrival, bool keep_alive);
// For a request that nothing was laid down for: 404, and what to do in the body.
Answer answer_of_none(const Arrival& arrival);

// What is left of `bytes` when they are cut: less than all.
std::size_t length_of_cut(const Cut& cut, std::size_t bytes);

}  // namespace standin
