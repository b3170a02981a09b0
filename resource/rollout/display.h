// What people see of a rollout while it goes on.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "atc/build.h"
#include "present/live_lines.h"
#include "system/clock.h"

namespace upkeep::rollout {

// From any thread.
class Display {
  public:
    Display() = default;
    Display(const Display&) = delete;
    Display& operator=(const Display&) = delete;
    virtual ~Display() = default;

    // Lines that stay.
    virtual void say(const std::string& lines) = 0;
    // What the next job waits for; empty where it waits no more.
    virtual void waits_for(const std::string& what) = 0;
    // A build that is followed from now on, and `how` it came to that.
    virtual void follows(const atc::Build& build, const std::string& how,
                         const std::string& link) = 0;
    virtual void has_started(const atc::Build& build) = 0;
    // It is followed no more. `lines` say how it ended, and stay.
    virtual void ended(const atc::Build& build, const std::string& lines) = 0;
};

using Write = std::function<void(const std::string& text)>;

// For a log: lines as things happen.
class Log : public Display {
  public:
    explicit Log(Write write) : write_(std::move(write)) {}

    void say(const std::string& lines) override;
    void waits_for(const std::string& what) override;
    void follows(const atc::Build& build, const std::string& how, const std::string& link) override;
    void has_started(const atc::Build&) override {}
    void ended(const atc::Build&, const std::string& lines) override { say(lines); }

  private:
    Write write_;
    std::mutex mutex_;
    std::string waits_for_;
};

// For a terminal: a line for each build that is followed, drawn anew in its place: whether it runs,
// how long, its link. What stays is above them.
class Board : public Display {
  public:
    using SizeOf = std::function<present::Screen()>;  // of the terminal now

    Board(Write write, SizeOf size, const Clock& clock)
        : write_(std::move(write)), size_(std::move(size)), clock_(clock) {}

    void say(const std::string& lines) override;
    void waits_for(const std::string& what) override;
    void follows(const atc::Build& build, const std::string& how, const std::string& link) override;
    void has_started(const atc::Build& build) override;
    void ended(const atc::Build& build, const std::string& lines) override;

    // How long everything runs has changed.
    void draw_anew();
    // Nothing is followed any more, whether it has ended or not.
    void close();

  private:
    struct Row {
        atc::BuildId id;
        std::string name;
        bool runs;
        Instant since;
        std::string link;
    };
    std::vector<std::string> live() const;
    void draw(const std::string& above);

    Write write_;
    SizeOf size_;
    const Clock& clock_;
    std::mutex mutex_;
    present::LiveLines lines_;
    std::vector<Row> rows_;
    std::string waits_for_;
};

}  // namespace upkeep::rollout
