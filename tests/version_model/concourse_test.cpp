// The model behaves as Concourse 8.2 was seen to.
#include "tests/version_model/concourse.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using version_model::Build;
using version_model::Concourse;
using version_model::Job;
using version_model::VersionFields;
using version_model::VersionId;

namespace {

VersionFields named(const std::string& name) {
    return {{"ref", name}};
}

Job job(bool every, bool serial = false) {
    Job made;
    made.every = every;
    made.serial = serial;
    return made;
}

struct Pipeline : Concourse {
    explicit Pipeline(Job job, bool global_resources = false)
        : Concourse(global_resources, {std::move(job)}) {}

    void answer(const std::string& names) {
        std::vector<VersionFields> answered;
        for (const char name : names) {
            answered.push_back(named(std::string(1, name)));
        }
        ++now;
        save(answered);
        schedule();
    }

    VersionId id(const std::string& name) { return versions.id_of(named(name)); }

    // What the job was run with, in order.
    std::string ran() const {
        std::string text;
        for (const Build& build : builds()) {
            text += versions.fields(build.version).at("ref");
        }
        return text;
    }
};

}  // namespace

TEST_CASE("model: the latest version triggers, one that was used does not") {
    Pipeline pipeline(job(false));
    pipeline.answer("A");
    pipeline.answer("AB");
    pipeline.answer("BA");  // nothing new: not even the order changes
    CHECK(pipeline.ran() == "AB");
    CHECK(pipeline.history().latest() == pipeline.id("B"));
    pipeline.answer("CA");  // A becomes the latest, C never runs
    CHECK(pipeline.ran() == "AB");
    CHECK(pipeline.history().latest() == pipeline.id("A"));
}

TEST_CASE("model: a busy job skips what comes between, but with version: every") {
    Pipeline latest(job(false, true));
    Pipeline every(job(true, true));
    for (Pipeline* const pipeline : {&latest, &every}) {
        pipeline->answer("A");
        pipeline->answer("AB");
        pipeline->answer("BC");
        CHECK(pipeline->ran() == "A");
        for (int i = 0; i < 3; ++i) {
            pipeline->finish(0);
            pipeline->schedule();
        }
    }
    CHECK(latest.ran() == "AC");
    CHECK(every.ran() == "ABC");
}

TEST_CASE("model: version: every begins with the latest, and goes on after the last it had") {
    Pipeline pipeline(job(true));
    pipeline.answer("AB");
    CHECK(pipeline.ran() == "B");
    pipeline.answer("BCD");
    CHECK(pipeline.ran() == "BCD");
    // --from B: it moves behind C and D, and E is all that follows.
    pipeline.pause(0, true);
    pipeline.answer("DF");
    pipeline.answer("BE");
    pipeline.pause(0, false);
    pipeline.schedule();
    CHECK(pipeline.ran() == "BCDE");
}

TEST_CASE("model: another source begins a history; what the job has used stays used") {
    Pipeline pipeline(job(false));
    pipeline.answer("AB");
    pipeline.point_to("another source");
    CHECK_FALSE(pipeline.version_for_check().has_value());
    pipeline.answer("B");
    CHECK(pipeline.ran() == "B");
    pipeline.answer("BC");
    CHECK(pipeline.ran() == "BC");
    pipeline.point_to("the first source");
    CHECK_FALSE(pipeline.version_for_check().has_value());

    Pipeline sharing(job(false), true);
    sharing.answer("AB");
    sharing.point_to("another source");
    sharing.answer("C");
    sharing.point_to("the first source");
    CHECK(sharing.version_for_check() == sharing.id("B"));
}

TEST_CASE("model: a pin is handed in and run, once its history has it") {
    Pipeline pipeline(job(false));
    pipeline.answer("AB");
    pipeline.pin(pipeline.id("A"));
    pipeline.schedule();
    CHECK(pipeline.ran() == "BA");
    CHECK(pipeline.version_for_check() == pipeline.id("A"));
    pipeline.answer("AC");
    CHECK(pipeline.ran() == "BA");
    pipeline.unpin();
    pipeline.schedule();
    CHECK(pipeline.ran() == "BAC");
    pipeline.pin(pipeline.id("X"));
    pipeline.answer("CD");
    CHECK(pipeline.ran() == "BAC");
}

TEST_CASE("model: a disabled version is passed over, but still handed in") {
    Pipeline pipeline(job(false));
    pipeline.answer("A");
    pipeline.disable(pipeline.id("B"));
    pipeline.answer("AB");
    CHECK(pipeline.ran() == "A");
    CHECK(pipeline.version_for_check() == pipeline.id("B"));
    pipeline.enable(pipeline.id("B"));
    pipeline.schedule();
    CHECK(pipeline.ran() == "AB");
}
