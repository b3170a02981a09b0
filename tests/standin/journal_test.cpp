#include "journal.h"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <chrono>
#include <fstream>
#include <string>

#include "tests/temporary_folder.h"

namespace standin {

TEST_CASE("stand-in: the journal says when a request came, by the monotonic clock") {
    const auto now = [] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
            .count();
    };
    const TemporaryFolder folder;
    const std::string path = folder / "requests";
    const double before = now();
    Journal(path).request(Arrival());
    std::ifstream lines(path);
    std::string line;
    std::getline(lines, line);
    const double at = boost::json::parse(line).at("at").as_double();
    CHECK(at >= before);
    CHECK(at <= now());
}

}  // namespace standin
