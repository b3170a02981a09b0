#include "resource/throttle/ticket_notes.h"

#include <doctest/doctest.h>

using namespace upkeep;
using namespace upkeep::throttle;
using Form = TicketNotes::Form;

namespace {

const Moment at = *parse_moment("2026-11-23T17:54:02Z");
const std::string header =
    "upkeep throttle 1 - who holds a place or waits: ticket, pid, user, since, command\n";

}  // namespace

TEST_CASE("Notes of tickets are read as they were written") {
    const std::string text =
        file_text({{7, 41, "ann", at, "bosh deploy"}, {12, 42, "bob the\nbuilder", at, "make\n9"}});
    CHECK(text == header +
                      "7 41 ann 2026-11-23T17:54:02Z bosh deploy\n"
                      "12 42 bob_the\\nbuilder 2026-11-23T17:54:02Z make\\n9\n");
    const TicketNotes notes = parse_ticket_notes(text);
    CHECK(notes.form == Form::known);
    REQUIRE(notes.notes.size() == 2);
    CHECK(notes.of(7)->text(at + std::chrono::minutes(23)) ==
          "ann's `bosh deploy` (pid 41, 23 min)");
    CHECK(notes.of(7)->text(at - std::chrono::hours(9)) == "ann's `bosh deploy` (pid 41, 0 s)");
    CHECK(notes.of(8) == nullptr);
    CHECK(file_text(notes.notes) == text);
}

TEST_CASE("Of a file that was edited, what can be read is") {
    const std::string good = "7 41 ann 2026-11-23T17:54:02Z bosh\n";
    CHECK(parse_ticket_notes("").form == Form::known);
    for (const char* bad :
         {"", "7\n", "-7 41 ann 2026-11-23T17:54:02Z bosh\n", "7 41 ann yesterday bosh\n",
          "7 41  2026-11-23T17:54:02Z bosh\n", "7 41 ann 2026-11-23T17:54:02Z\n",
          "99999999999999999999 41 ann 2026-11-23T17:54:02Z bosh\n"}) {
        const TicketNotes notes = parse_ticket_notes(header + bad + good + "8 42 bob 2026-11");
        CHECK(notes.form == Form::known);
        CHECK(notes.notes.size() == 1);
    }
    for (const char* other : {"\n", "upkeep throttle\n", "upkeep throttle x\n", "\x01\xff", "0\n",
                              "upkeep throttle 0\n", "upkeep throttle 1x\n"}) {
        CAPTURE(other);
        CHECK(parse_ticket_notes(other + good).form == Form::other);
        CHECK(parse_ticket_notes(other + good).notes.empty());
    }
    CHECK(parse_ticket_notes("upkeep throttle 2\n" + good).form == Form::newer);
    CHECK(parse_ticket_notes("upkeep throttle 10 what\n").form == Form::newer);
}

TEST_CASE("What others see of a command holds no secret") {
    CHECK(public_name({"/usr/bin/bosh", "deploy", "-v", "password=hunter22"}) == "bosh deploy");
    CHECK(public_name({"./deploy.sh", "hunter22"}) == "deploy.sh");
    CHECK(public_name({"bosh", "-d", "cf"}) == "bosh");
    CHECK(public_name({"bosh", "-d", "cf", "deploy", "cf.yml"}) == "bosh deploy");
    CHECK(public_name({"bosh", "hunter22", "--client-secret=deploy"}) == "bosh");
    CHECK(public_name({"make", ""}) == "make");
    CHECK(public_name({"a\x1b[31m"}) == "a\\x1b[31m");
}
