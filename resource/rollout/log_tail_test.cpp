#include "resource/rollout/log_tail.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace upkeep;
using rollout::LogTail;
using Lines = std::vector<std::string>;
using Logs = std::vector<Lines>;

namespace {

void log(LogTail& tail, const std::string& step, const std::string& text) {
    tail.take({{"event", "log"}, {"data", {{"origin", {{"id", step}}}, {"payload", text}}}});
}

void finish(LogTail& tail, const std::string& step, int status, const char* type = "finish-task") {
    tail.take({{"event", type}, {"data", {{"origin", {{"id", step}}}, {"exit_status", status}}}});
}

}  // namespace

TEST_CASE("only the step that failed tells, though others ran beside it") {
    LogTail tail;
    log(tail, "1", "one\n");
    log(tail, "2", "two\n");
    log(tail, "1", "more\n");
    finish(tail, "2", 0);
    CHECK(tail.of_failed_steps().empty());
    finish(tail, "1", 3);
    CHECK(tail.of_failed_steps() == Logs{Lines{"one", "more"}});
}

TEST_CASE("the last two that failed tell, as a deploy and its hook, and what succeeds does not") {
    LogTail tail;
    log(tail, "1", "tried\n");
    finish(tail, "1", 1);
    log(tail, "2", "failed\n");
    finish(tail, "2", 1, "finish-put");
    log(tail, "3", "cleaned up\n");
    finish(tail, "3", 0);
    CHECK(tail.of_failed_steps() == Logs{{"tried"}, {"failed"}});
    log(tail, "4", "told nobody\n");
    finish(tail, "4", 1);
    finish(tail, "5", 1);
    CHECK(tail.of_failed_steps() == Logs{{"failed"}, {"told nobody"}});
}

TEST_CASE("a set_pipeline says by its own event how it ended") {
    const auto end = [](LogTail& tail, const std::string& step, bool succeeded) {
        tail.take({{"event", "finish"},
                   {"data", {{"origin", {{"id", step}}}, {"succeeded", succeeded}}}});
    };
    LogTail tail;
    log(tail, "1", "no changes to apply\n");
    end(tail, "1", true);
    log(tail, "2", "invalid pipeline:\n- unknown job\n");
    end(tail, "2", false);
    CHECK(tail.of_failed_steps() == Logs{Lines{"invalid pipeline:", "- unknown job"}});
}

TEST_CASE("colours, titles and what was written over are left out") {
    LogTail tail;
    log(tail, "1", "\x1b[1;31mno such\x1b[0m stemcell\n\x1b]0;title\abuilding\n");
    log(tail, "1", "10 %\r50");
    log(tail, "1",
        " %\r\x1b[K100 %\r\n\x1b]8;;https://a\x1b\\link\x1b]8;;\x1b\\\n\033"
        "7end\033[");
    finish(tail, "1", 1);
    CHECK(tail.of_failed_steps() == Logs{{"no such stemcell", "building", "100 %", "link", "end"}});
}

TEST_CASE("an error is a line and a failure") {
    LogTail tail;
    log(tail, "1", "pulling");
    tail.take(
        {{"event", "error"}, {"data", {{"origin", {{"id", "1"}}}, {"message", "no worker"}}}});
    CHECK(tail.of_failed_steps() == Logs{Lines{"pulling", "no worker"}});
}

TEST_CASE("lines come in any pieces; the last may lack its end") {
    LogTail tail;
    log(tail, "1", "a");
    log(tail, "1", "b\r\nc\n\nd");
    finish(tail, "1", 1);
    CHECK(tail.of_failed_steps() == Logs{Lines{"ab", "c", "", "d"}});
}

TEST_CASE("of many lines the last are kept, of a long one the beginning") {
    LogTail tail;
    for (int i = 0; i < 30; ++i) {
        log(tail, "1", std::to_string(i) + "\n");
    }
    log(tail, "1", std::string(5'000, 'x') + "\n");
    finish(tail, "1", 1);
    const Lines lines = tail.of_failed_steps().at(0);
    REQUIRE(lines.size() == LogTail::lines);
    CHECK(lines.front() == "11");
    CHECK(lines.back() == std::string(LogTail::line_bytes, 'x'));
}

TEST_CASE("events of other shapes are passed by") {
    LogTail tail;
    tail.take({});
    tail.take({{"event", "status"}, {"data", {{"status", "failed"}}}});
    tail.take({{"event", "finish-task"}, {"data", {{"exit_status", "x"}}}});
    tail.take({{"event", "log"}, {"data", nullptr}});
    CHECK(tail.of_failed_steps().empty());
}
