#include "tests/golden.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace upkeep {

namespace {

// The number of the first line that differs, and what stands there.
std::string first_difference(const std::string& expected, const std::string& text) {
    std::size_t line = 1;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < expected.size() && at < text.size(); ++at) {
        if (expected[at] != text[at]) {
            break;
        }
        if (text[at] == '\n') {
            ++line;
            begin = at + 1;
        }
    }
    const auto line_at = [&](const std::string& whole) {
        return whole.substr(begin, std::min<std::size_t>(whole.find('\n', begin) - begin, 300));
    };
    return "line " + std::to_string(line) + "\n  expected: " + line_at(expected) +
           "\n  is:       " + line_at(text);
}

}  // namespace

void check_golden(const std::string& name, const std::string& text) {
    const std::filesystem::path path = std::filesystem::path("tests/golden") / name;
    if (std::getenv("UPKEEP_UPDATE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
        return;
    }
    std::ifstream stream(path, std::ios::binary);
    const std::string expected{std::istreambuf_iterator<char>(stream), {}};
    INFO(path.string());
    REQUIRE_MESSAGE(stream.good(), "cannot be read; the tests run in the root of the repository");
    const bool same = expected == text;  // so that doctest does not print them whole
    CHECK_MESSAGE(same, first_difference(expected, text));
}

}  // namespace upkeep
