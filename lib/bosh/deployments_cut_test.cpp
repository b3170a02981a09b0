// Each real table of bosh (tests/data/bosh), cut at every byte: refused, or what is whole of it,
// and said to be a part.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "bosh/deployment.h"
#include "core/failure.h"

using upkeep::Failure;
using upkeep::bosh::Deployment;
using upkeep::bosh::ListedDeployments;
using upkeep::bosh::parse_deployments;
using upkeep::bosh::StemcellReference;

namespace {

std::string capture(const std::string& name) {
    std::ifstream stream("tests/data/bosh/" + name, std::ios::binary);
    REQUIRE_MESSAGE(stream, name);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::optional<ListedDeployments> read(const std::string& text) {
    try {
        return parse_deployments(text, "it");
    } catch (const Failure&) {
        return std::nullopt;
    }
}

// The deployments and stemcells of the first rows of a whole pipe's table, by the plainest reading
// of its lines.
std::vector<Deployment> first_rows(const std::string& text, const std::string& whole) {
    const std::vector<Deployment> all = parse_deployments(whole, "it").all;
    std::vector<Deployment> first;
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
        const std::string line = text.substr(at, text.find('\n', at) - at);
        const std::string name = line.substr(0, line.find_first_of(" \t"));
        if (!name.empty() && (first.empty() || first.back().name != name)) {
            first.push_back({name, {}, false});
        }
        const auto same = std::find_if(all.begin(), all.end(), [&](const Deployment& one) {
            return one.name == first.back().name;
        });
        for (const StemcellReference& one : same->stemcells) {
            auto& known = first.back().stemcells;
            const std::size_t cell = line.find("\t" + one.name + "/" + one.version);
            if (cell != std::string::npos &&
                std::find(known.begin(), known.end(), one) == known.end()) {
                known.push_back(one);
            }
        }
    }
    return first;
}

}  // namespace

TEST_CASE("a pipe's table cut at every byte is refused, or read row by row and doubted") {
    for (const char* name :
         {"deployments.pipe.txt", "deployments-2017.pipe.txt", "deployments-2018.pipe.txt",
          "double.pipe.txt", "custom.pipe.txt", "one.pipe.txt", "two-columns.pipe.txt"}) {
        const std::string whole = capture(name);
        std::size_t taken = 0;
        for (std::size_t cut = 1; cut <= whole.size(); ++cut) {
            const std::string text = whole.substr(0, cut);
            INFO(name);
            INFO(text);
            const auto part = read(text);
            if (part) {
                ++taken;
                // Spaces alone may be the beginning of a row, from which nothing is read.
                const std::string rows = text.substr(0, text.rfind('\n') + 1);
                REQUIRE(text.find_first_not_of(' ', rows.size()) == std::string::npos);
                CHECK((part->all == first_rows(rows, whole)));
                CHECK(part->missing.empty() != part->doubt.empty());
            }
        }
        CHECK(taken > 0);
        CHECK(read(whole)->missing.empty());
    }
}

TEST_CASE("a terminal's table cut at every byte is refused until its count has been read") {
    for (const char* name :
         {"deployments.terminal.txt", "deployments-2017.terminal.txt",
          "deployments-2018.terminal.txt", "double.terminal.txt", "custom.terminal.txt",
          "one.terminal.txt", "two-columns.terminal.txt", "none.terminal.txt"}) {
        const std::string whole = capture(name);
        const std::vector<Deployment> all = parse_deployments(whole, "it").all;
        const std::string footer = " deployments";
        const std::size_t end = whole.rfind(footer) + footer.size();
        for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
            INFO(name);
            INFO(whole.substr(0, cut));
            const auto part = read(whole.substr(0, cut));
            CHECK(part.has_value() == (cut >= end));
            CHECK((!part || (part->all == all && part->missing.empty() && part->doubt.empty())));
        }
    }
}

TEST_CASE("a terminal's rows, without what stands around them, cut at every byte") {
    const std::string whole = capture("deployments-2018.terminal.txt");
    const std::size_t begin = whole.find("cf ");
    const std::string rows = whole.substr(begin, whole.find("\n\n", begin) - begin + 1);
    const std::vector<Deployment> all = parse_deployments(whole, "it").all;
    for (std::size_t cut = 1; cut <= rows.size(); ++cut) {
        INFO(rows.substr(0, cut));
        const auto part = read(rows.substr(0, cut));
        if (part) {
            CHECK(part->missing.empty() != part->doubt.empty());
            REQUIRE(part->all.size() <= all.size());
            for (std::size_t i = 0; i < part->all.size(); ++i) {
                CHECK(part->all[i].name == all[i].name);
                CHECK((i + 1 == part->all.size() || part->all[i] == all[i]));
            }
        }
    }
    CHECK((read(rows) && read(rows)->all == all));
}
