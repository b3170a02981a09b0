// What docs/versions.md does not promise, by example. Where one of these no longer comes out as it
// does here, the promise has become stronger: say so there.
#include <doctest/doctest.h>

#include <cctype>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/version_model/algorithm.h"
#include "tests/version_model/concourse.h"

using std::chrono::days;
using upkeep::VersionFields;
using version_model::as_built;
using version_model::Concourse;
using version_model::Job;
using version_model::Question;

namespace {

// One job, one source, and what it sees: "ab" are two findings; a part in capitals can recur.
class Stage {
  public:
    explicit Stage(bool every = false, bool global_resources = false)
        : concourse(global_resources, {job(every)}) {}

    // Returns how many builds the check has started.
    std::size_t check(const std::string& open, bool complete = true) {
        const auto handed_in = concourse.version_for_check();
        return check_from(
            handed_in ? std::optional(concourse.versions.fields(*handed_in)) : std::nullopt, open,
            complete);
    }

    std::size_t check_from(std::optional<VersionFields> handed_in, const std::string& open,
                           bool complete = true) {
        Question question;
        question.handed_in = std::move(handed_in);
        for (const char letter : open) {
            const std::string id(16, static_cast<char>(std::tolower(letter)));
            question.open.push_back({id, "deployment-" + id.substr(0, 1), letter < 'a'});
        }
        question.complete = complete;
        question.rules = rules;
        question.today = today;
        ++concourse.now;
        concourse.save(as_built(question));
        return run();
    }

    std::size_t run() {
        const std::size_t before = concourse.builds().size();
        concourse.schedule();
        return concourse.builds().size() - before;
    }

    std::size_t rotate() {
        concourse.point_to("source " + std::to_string(++concourse.now));
        return run();
    }

    VersionFields head() const { return concourse.versions.fields(*concourse.history().latest()); }

    upkeep::VersionRules rules;
    upkeep::Day today = std::chrono::year{2026} / 11 / 23;
    Concourse concourse;

  private:
    static Job job(bool every) {
        Job made;
        made.every = every;
        return made;
    }
};

}  // namespace

TEST_CASE("not promised: a finding that is mended and back, over a change of history, on one day") {
    Stage stage;
    CHECK(stage.check("a") == 1);
    stage.rotate();
    CHECK(stage.check("") == 1);   // the baseline
    CHECK(stage.check("a") == 0);  // the job has run for it today
    stage.today += days{1};
    CHECK(stage.check("a") == 0);
    CHECK(stage.check("A") == 1);  // where it can recur, it is said again
}

TEST_CASE("promised: what only grows during a day does not trigger again in a new history") {
    Stage stage;
    CHECK(stage.check("") == 1);
    CHECK(stage.check("a") == 1);
    CHECK(stage.check("abc") == 1);
    stage.rotate();
    CHECK(stage.check("abc") == 0);
    CHECK(stage.check("abcd") == 1);
    stage.rotate();
    CHECK(stage.check("abcd") == 0);
    stage.rotate();
    stage.today += days{1};
    CHECK(stage.check("abcd") == 1);  // but on another day it does
}

TEST_CASE("not promised: once a day, where something else was open before on that day") {
    Stage stage;
    CHECK(stage.check("a") == 1);
    CHECK(stage.check("b") == 1);
    stage.rotate();
    CHECK(stage.check("b") == 1);
    stage.rotate();
    CHECK(stage.check("b") == 0);
}

TEST_CASE("not promised: once a day, where an incomplete look has named the set first") {
    Stage stage;
    CHECK(stage.check("a") == 1);
    CHECK(stage.check("b", false) == 1);
    CHECK(stage.head().at("summary") == "deployment-b and 1 more");
    stage.rotate();
    CHECK(stage.check("ab") == 1);
    CHECK(stage.head().at("summary") == "deployment-a and deployment-b");
}

TEST_CASE("not promised: once a day, where a version was about one finding of the set") {
    Stage stage;
    stage.rules.each = true;
    CHECK(stage.check("a") == 1);
    CHECK(stage.check("ab") == 1);
    stage.rotate();
    CHECK(stage.check("ab") == 1);
    stage.rotate();
    CHECK(stage.check("ab") == 0);
}

TEST_CASE("not promised: at once, after a pin on the same day") {
    Stage stage;
    CHECK(stage.check("a") == 1);
    stage.concourse.pin(*stage.concourse.history().latest());
    CHECK(stage.check("cde") == 0);
    CHECK(stage.check("de") == 0);
    stage.concourse.unpin();
    CHECK(stage.run() == 1);
    CHECK(stage.check("cde") == 0);  // that was seen during the pin: it is not the latest again
    stage.today += days{1};
    CHECK(stage.check("cde") == 1);
}

TEST_CASE("not promised: nothing new, nothing runs, where a version is handed in by hand") {
    Stage stage;
    CHECK(stage.check("a") == 1);
    VersionFields by_hand = stage.head();
    by_hand["summary"] = "by hand";
    CHECK(stage.check_from(by_hand, "a") == 1);
    CHECK(stage.head() == by_hand);
}

TEST_CASE("not promised: each of what a new history begins with") {
    Stage stage(true);
    stage.rules.each = true;
    CHECK(stage.check("ab") == 1);
    CHECK(stage.check("abcd") == 2);
    stage.rotate();
    CHECK(stage.check("abcdef") == 1);
}

TEST_CASE("not promised: each, where an old version is handed in before the job has had all") {
    Stage stage(true);
    stage.rules.each = true;
    CHECK(stage.check("a") == 1);
    const VersionFields old = stage.head();
    stage.concourse.pause(0, true);
    CHECK(stage.check("abc") == 0);
    CHECK(stage.check_from(old, "abd") == 0);
    stage.concourse.pause(0, false);
    CHECK(stage.run() == 2);  // b and d; c came between and is passed over
}

TEST_CASE("not promised: each, where an earlier history of the day has had a later one") {
    Stage stage(true);
    stage.rules.each = true;
    CHECK(stage.check("ab") == 1);
    CHECK(stage.check("abc") == 1);
    stage.rotate();
    CHECK(stage.check("a") == 1);
    CHECK(stage.check("abc") == 0);  // c was told, and b with the first version of that history
}

TEST_CASE("not promised: what was mended and is back while another history was in use") {
    Stage stage(false, true);
    CHECK(stage.check("a") == 1);
    stage.concourse.point_to("another source");
    CHECK(stage.check("") == 1);
    stage.today += days{1};
    CHECK(stage.check("a") == 1);
    stage.concourse.point_to("the first source");
    CHECK(stage.run() == 0);
    CHECK(stage.check("a") == 0);  // the latest version here has named it all along
}

TEST_CASE("not promised: a trigger for what a disabled version names") {
    Stage stage;
    CHECK(stage.check("a") == 1);
    stage.concourse.pause(0, true);
    CHECK(stage.check("ab") == 0);
    stage.concourse.disable(*stage.concourse.history().latest());
    stage.concourse.pause(0, false);
    CHECK(stage.run() == 0);
    CHECK(stage.check("ab") == 0);
    CHECK(stage.check("abc") == 1);
}

TEST_CASE("promised: a clock that was wrong loses no finding, and reminders are right again soon") {
    Stage stage;
    CHECK(stage.check("A") == 1);
    stage.today += days{400};
    CHECK(stage.check("A") == 1);
    stage.today -= days{400};
    CHECK(stage.check("Ab") == 1);
    CHECK(stage.check("Ab") == 1);  // the reminder that sets the date right
    CHECK(stage.head().at("change") == "2026-11-23.1");
    CHECK(stage.check("Ab") == 0);
    CHECK(stage.check("Abc") == 1);
}
