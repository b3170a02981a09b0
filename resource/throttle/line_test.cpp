#include "resource/throttle/line.h"

#include <doctest/doctest.h>

using upkeep::Ticket;
using upkeep::atc::Build;
using upkeep::throttle::ahead_of;
using upkeep::throttle::by_rank;
using upkeep::throttle::Line;

namespace {

Build build(upkeep::atc::BuildId id, upkeep::atc::DatabaseTime started) {
    Build build;
    build.id = id;
    build.started = started;
    return build;
}

std::vector<upkeep::atc::BuildId> ids(const std::vector<Build>& builds) {
    std::vector<upkeep::atc::BuildId> ids;
    ids.reserve(builds.size());
    for (const Build& build : builds) {
        ids.push_back(build.id);
    }
    return ids;
}

}  // namespace

TEST_CASE("line: builds rank by their start, then by id") {
    const std::vector<Build> running{build(9, 100), build(7, 101), build(4, 100), build(8, 99)};
    CHECK(ids(by_rank(running)) == std::vector<upkeep::atc::BuildId>{8, 4, 9, 7});
    CHECK(ids(ahead_of({100, 9}, running)) == std::vector<upkeep::atc::BuildId>{8, 4});
    CHECK(ahead_of({99, 8}, running).empty());
}

TEST_CASE("line: a place is free when fewer than the limit ahead still run") {
    std::vector<Ticket> held{3, 5, 8, 9, 12, 20};
    std::vector<Ticket> asked;
    const auto is_held = [&](Ticket ticket) {
        asked.push_back(ticket);
        return std::find(held.begin(), held.end(), ticket) != held.end();
    };
    Line<Ticket> line(ahead_of(12, held), 2);
    CHECK(line.ahead() == std::vector<Ticket>{3, 5, 8, 9});
    CHECK(line.turn() == 2);
    CHECK_FALSE(line.has_place());
    CHECK_FALSE(line.ask(is_held));
    CHECK(asked == std::vector<Ticket>{3, 5});  // no more than it has to

    held = {5, 9, 12};
    asked.clear();
    CHECK(line.ask(is_held));
    CHECK(asked == std::vector<Ticket>{3, 5, 8, 9});
    CHECK(line.ahead() == std::vector<Ticket>{5, 9});
    CHECK_FALSE(line.has_place());
    CHECK(line.turn() == 1);

    held = {9, 12};
    CHECK(line.ask(is_held));
    CHECK(line.has_place());
}

TEST_CASE("line: the first has a place, whatever waits behind it; with a limit of 0 nobody") {
    CHECK(Line<Ticket>(ahead_of(4, std::vector<Ticket>{4, 5, 6}), 1).has_place());
    CHECK_FALSE(Line<Ticket>(ahead_of(5, std::vector<Ticket>{4, 5, 6}), 1).has_place());
    CHECK_FALSE(Line<Ticket>({}, 0).has_place());
    CHECK(Line<Ticket>({3}, 0).turn() == 1);
}
