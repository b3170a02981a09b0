// Random deployments, printed as bosh prints them (a model of its ui/table/writer.go) and read
// again: whole, and cut at every byte.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "bosh/deployments_table.h"
#include "core/failure.h"

using upkeep::Failure;
using upkeep::bosh::Deployment;
using upkeep::bosh::parse_deployments_table;
using upkeep::bosh::StemcellReference;

namespace {

using Row = std::array<std::string, 4>;

class Printer {
  public:
    explicit Printer(unsigned seed) : random_(seed) {}

    std::vector<Deployment> deployments();
    std::vector<Row> rows(const std::vector<Deployment>& deployments);

  private:
    int up_to(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
    StemcellReference stemcell();

    std::mt19937 random_;
};

StemcellReference Printer::stemcell() {
    const std::array names{"bosh-aws-xen-hvm-ubuntu-jammy-go_agent", "bosh-google-kvm-ubuntu-noble",
                           "bosh-vsphere-esxi-windows2019-go_agent"};
    return {names[static_cast<std::size_t>(up_to(2))],
            std::to_string(up_to(3)) + "." + std::to_string(up_to(500))};
}

std::vector<Deployment> Printer::deployments() {
    std::vector<Deployment> result;
    const int count = 1 + up_to(4);
    for (int i = 0; i < count; ++i) {
        Deployment deployment{
            "d" + std::to_string(i) + std::string(static_cast<std::size_t>(up_to(9)), 'x'),
            {},
            false};
        for (int stemcells = up_to(3); stemcells > 0; --stemcells) {
            const StemcellReference next = stemcell();
            if (std::find(deployment.stemcells.begin(), deployment.stemcells.end(), next) ==
                deployment.stemcells.end()) {
                deployment.stemcells.push_back(next);
            }
        }
        result.push_back(deployment);
    }
    // Without any stemcell, bosh's columns cannot be told apart.
    if (result.front().stemcells.empty()) {
        result.front().stemcells.push_back(stemcell());
    }
    return result;
}

std::vector<Row> Printer::rows(const std::vector<Deployment>& deployments) {
    std::vector<Row> rows;
    for (const Deployment& deployment : deployments) {
        std::array<std::vector<std::string>, 4> lists{{{deployment.name}, {}, {}, {}}};
        for (int releases = up_to(4); releases > 0; --releases) {
            lists[1].push_back("release-" + std::to_string(up_to(99)) + "/" +
                               std::to_string(up_to(300)));
        }
        for (const StemcellReference& stemcell : deployment.stemcells) {
            lists[2].push_back(stemcell.name + "/" + stemcell.version);
        }
        lists[3].resize(static_cast<std::size_t>(up_to(2)), "team");
        std::size_t height = 1;
        for (std::vector<std::string>& list : lists) {
            list.resize(std::max<std::size_t>(list.size(), 1), "-");
            height = std::max(height, list.size());
        }
        for (std::size_t line = 0; line < height; ++line) {
            Row& row = rows.emplace_back();
            for (std::size_t column = 0; column < row.size(); ++column) {
                row[column] = line < lists[column].size() ? lists[column][line] : "";
            }
        }
    }
    return rows;
}

std::string printed(const std::vector<Row>& rows, const std::string& border) {
    std::array<std::size_t, 4> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    }
    std::string text;
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            text += std::string(i + 1 < row.size() ? widths[i] - row[i].size() : 0, ' ') + border;
        }
        text += "\n";
    }
    return text;
}

std::string on_terminal(std::vector<Row> rows, std::size_t count) {
    rows.insert(rows.begin(), Row{"Name", "Release(s)", "Stemcell(s)", "Team(s)"});
    return "Using environment 'https://127.0.0.1:25555' as client 'ci'\n\n" + printed(rows, "  ") +
           "\n" + std::to_string(count) + " deployments\n\nSucceeded\n";
}

std::optional<std::vector<Deployment>> read(const std::string& text) {
    try {
        return parse_deployments_table(text, "reading").all;
    } catch (const Failure&) {
        return std::nullopt;
    }
}

// What a cut between two rows leaves: the first ones, the last of them perhaps without its last
// stemcells.
bool is_beginning(const std::vector<Deployment>& part, const std::vector<Deployment>& whole) {
    for (std::size_t i = 0; i < part.size(); ++i) {
        const std::vector<StemcellReference>& stemcells = part[i].stemcells;
        if (i >= whole.size() || part[i].name != whole[i].name ||
            stemcells.size() > whole[i].stemcells.size() ||
            !std::equal(stemcells.begin(), stemcells.end(), whole[i].stemcells.begin()) ||
            (i + 1 < part.size() && part[i] != whole[i])) {
            return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("what was printed is read, from a pipe and from a terminal") {
    Printer printer(20261123);
    for (int i = 0; i < 300; ++i) {
        const std::vector<Deployment> deployments = printer.deployments();
        const std::vector<Row> rows = printer.rows(deployments);
        INFO(printed(rows, "\t"));
        CHECK(read(printed(rows, "\t")) == deployments);
        CHECK(read(printed(rows, "  ")) == deployments);
        CHECK(read(on_terminal(rows, deployments.size())) == deployments);
    }
}

TEST_CASE("cut anywhere, a terminal's table is refused until its count has been read") {
    Printer printer(7);
    for (int i = 0; i < 4; ++i) {
        const std::vector<Deployment> deployments = printer.deployments();
        const std::string text = on_terminal(printer.rows(deployments), deployments.size());
        const std::size_t end = text.find("deployments\n") + std::string("deployments").size();
        for (std::size_t cut = 0; cut < text.size(); ++cut) {
            INFO(text.substr(0, cut));
            const auto part = read(text.substr(0, cut));
            CHECK(part.has_value() == (cut >= end));
            CHECK((!part || *part == deployments));
        }
    }
}

TEST_CASE("cut anywhere, a pipe's table is refused or read up to the cut, never wrongly") {
    Printer printer(8);
    std::size_t refused = 0;
    for (int i = 0; i < 8; ++i) {
        const std::vector<Deployment> deployments = printer.deployments();
        const std::string text = printed(printer.rows(deployments), "\t");
        for (std::size_t cut = 0; cut < text.size(); ++cut) {
            INFO(text.substr(0, cut));
            const auto part = read(text.substr(0, cut));
            refused += part ? 0U : 1U;
            CHECK((!part || is_beginning(*part, deployments)));
        }
    }
    CHECK(refused > 1000);
}
