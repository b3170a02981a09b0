// The one way to fail: thrown where it is noticed, caught once, in cmd/main.cpp.
#pragma once

#include <exception>
#include <string>

namespace upkeep {

// Says what was being done (and to what), why it did not work, and what to do about it.
// Text that came from outside may be passed as it is: what prints a failure makes it harmless.
class Failure : public std::exception {
  public:
    // doing: "reading the deployments from cf.json"; why: "it is cut off in row 12"; advice: a
    // sentence.
    Failure(std::string doing, std::string why, std::string advice = {});

    const std::string& doing() const { return doing_; }
    const std::string& why() const { return why_; }
    const std::string& advice() const { return advice_; }
    // "doing: why", and the advice on a line of its own.
    const char* what() const noexcept override { return message_.c_str(); }

  private:
    std::string doing_;
    std::string why_;
    std::string advice_;
    std::string message_;
};

// SIGTERM or SIGINT arrived: whatever was waited for is given up.
class Stopped : public Failure {
  public:
    Stopped();
};

}  // namespace upkeep
