#include "net/ca_bundle.h"

#include <zlib.h>

#include <cstddef>
#include <new>
#include <stdexcept>
#include <string_view>

// The build assembles them from the files of Debian's package, packed by gzip.
extern "C" char const upkeep_ca_bundle_begin[];
extern "C" char const upkeep_ca_bundle_end[];

namespace upkeep {

namespace {

std::string_view packed() {
    return {upkeep_ca_bundle_begin, upkeep_ca_bundle_end};
}

// How long the whole is, in the last four bytes of it packed: RFC 1952.
std::size_t unpacked_size() {
    const std::string_view bytes = packed();
    std::size_t size = 0;
    for (std::size_t i = 1; i <= 4; ++i) {
        size = size << 8U | static_cast<unsigned char>(bytes[bytes.size() - i]);
    }
    return size;
}

}  // namespace

std::string debian_ca_bundle() {
    constexpr int of_gzip = 16 + MAX_WBITS;
    std::string bundle(unpacked_size(), '\0');
    z_stream stream{};
    // zlib reads it only, but says so with ZLIB_CONST alone.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed().data()));
    stream.avail_in = static_cast<uInt>(packed().size());
    stream.next_out = reinterpret_cast<Bytef*>(bundle.data());
    stream.avail_out = static_cast<uInt>(bundle.size());
    if (inflateInit2(&stream, of_gzip) != Z_OK) {
        throw std::bad_alloc();
    }
    const int result = inflate(&stream, Z_FINISH);
    inflateEnd(&stream);
    if (result == Z_MEM_ERROR) {
        throw std::bad_alloc();
    }
    if (result != Z_STREAM_END) {
        throw std::logic_error("the program's own certificate authorities are damaged");
    }
    return bundle;
}

}  // namespace upkeep
