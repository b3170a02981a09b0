// Stopping: SIGTERM and SIGINT reach every wait and every transfer through one token.
#pragma once

namespace upkeep {

class Stop {
  public:
    Stop();
    ~Stop();
    Stop(const Stop&) = delete;
    Stop& operator=(const Stop&) = delete;

    // Callable from any thread and from a signal handler.
    void request() noexcept;
    bool requested() const noexcept;
    void throw_if_requested() const;  // Stopped

    // Becomes readable, and stays so, once a stop is requested: to be polled beside what is waited
    // for.
    int descriptor() const noexcept { return descriptor_; }

  private:
    int descriptor_;
};

// From now on SIGTERM, SIGINT and SIGHUP request `stop`, which must outlive the program, and a
// closed pipe is an error of the write instead of a signal. One per process.
void stop_on_signals(Stop& stop);

}  // namespace upkeep
