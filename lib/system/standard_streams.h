// Standard input, output and error. Standard output is for the answer alone, printed once, as the
// last act.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "system/stop.h"

namespace upkeep {

// Makes sure that 0, 1 and 2 are open, so that no file of ours gets one of these numbers. A stream
// that was closed is empty, or fails when it is written to. First thing in main.
void secure_standard_streams();

inline bool is_standard_input(std::string_view path) {
    return path == "-";
}
std::string read_file_or_standard_input(const std::string& path, std::size_t limit,
                                        const std::string& doing, const Stop& stop);
std::string read_standard_input(std::size_t limit, const std::string& doing, const Stop& stop);
// Throws Failure where not all of it could be written, a full disk and a closed pipe included.
void print_answer(std::string_view text, const Stop& stop);
// What cannot be written there is lost: there is nowhere else to say it.
void print_error(std::string_view text) noexcept;

// What is known of the terminal that standard output or error is.
bool is_terminal(int descriptor);
struct TerminalSize {
    std::size_t columns = 0;
    std::size_t rows = 0;
};
// 0 where it is no terminal, or one that does not tell.
TerminalSize terminal_size(int descriptor);

}  // namespace upkeep
