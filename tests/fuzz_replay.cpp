// Stands in for libFuzzer's main, so that every build runs every fuzz target: on the empty input,
// then on each file in the folders named as arguments. A folder that does not exist is an empty
// corpus; a file that cannot be read is a failure.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

std::vector<std::filesystem::path> files_in(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::exists(folder)) {
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder)) {
            if (entry.is_regular_file()) {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

// An exact copy on the heap, so that reading one byte too many is noticed.
std::vector<std::uint8_t> bytes_of(std::filesystem::path const& file) {
    std::ifstream stream(file, std::ios::binary);
    std::vector<char> const read{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) {
        throw std::runtime_error(file.string() + ": cannot be read");
    }
    return {read.begin(), read.end()};
}

}  // namespace

int main(int count, char** arguments) {
    try {
        std::vector<std::uint8_t> const nothing(1);
        LLVMFuzzerTestOneInput(nothing.data(), 0);
        std::size_t inputs = 1;
        for (int i = 1; i < count; ++i) {
            for (std::filesystem::path const& file : files_in(arguments[i])) {
                std::fprintf(stderr, "%s\n", file.c_str());
                std::vector<std::uint8_t> const bytes = bytes_of(file);
                LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
                ++inputs;
            }
        }
        std::printf("%zu inputs replayed\n", inputs);
        return 0;
    } catch (std::exception const& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 1;
    }
}
