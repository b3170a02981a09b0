// File descriptors: closed when they go out of scope, read and written whole, stopped when asked
// to.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "system/stop.h"

namespace upkeep {

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor();

    int get() const { return number_; }
    int release();

  private:
    int number_;
};

// "No space left on device", for the present errno.
std::string error_text();

// To its end. Throws Failure(doing, ...) for an error and for more than `limit` bytes, Stopped for
// a stop.
std::string read_all(int descriptor, std::size_t limit, const std::string& doing, const Stop& stop);
// All of it, or throws Failure(doing, ...), or Stopped.
void write_all(int descriptor, std::string_view text, const std::string& doing, const Stop& stop);

}  // namespace upkeep
