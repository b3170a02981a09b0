// One curl multi loop in a thread of its own, which all transfers of the program run over.
#pragma once

#include <curl/curl.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "system/stop.h"

namespace upkeep {

// What a transfer receives for a thread that wants it piece by piece. The loop keeps it.
struct Flow {
    std::function<void(std::string_view)> sink;
    std::string waiting;  // received, and not yet taken
    bool paused = false;  // because too much of that is waiting
};

class TransferLoop {
  public:
    // `stop` must outlive the loop. The thread starts with the first transfer.
    explicit TransferLoop(const Stop& stop);
    ~TransferLoop();
    TransferLoop(const TransferLoop&) = delete;
    TransferLoop& operator=(const TransferLoop&) = delete;

    // Runs the transfer and returns when it has ended; callbacks are called from the loop's thread,
    // the flow's sink from the caller's. Throws Stopped as soon as a stop is requested, and what
    // the sink throws; the transfer is ended then. From any thread. Beyond
    // limits::connections_at_once a transfer waits before its deadlines begin to run; one with a
    // flow may last for hours, so it neither waits nor counts.
    CURLcode perform(CURL* easy, Flow* flow = nullptr);

    // For the transfer's callback. False where the transfer has to pause, nothing being taken.
    bool hand_over(Flow& flow, std::string_view piece);

  private:
    struct Job {
        CURL* easy = nullptr;
        Flow* flow = nullptr;
        bool added = false;
        bool ended = false;
        bool stopped = false;
        bool abandoned = false;  // by its caller, who waits for its end
        CURLcode result = CURLE_OK;
    };

    void wait_for(Job& job, std::unique_lock<std::mutex>& lock);
    void loop();
    void add_new_jobs();
    void collect_ended();
    void end_abandoned();
    void resume_paused(std::unique_lock<std::mutex>& lock);
    void stop_all();
    void end(Job& job, CURLcode result);
    void poll_once(bool until_stopped);

    const Stop& stop_;
    std::unique_ptr<CURLM, CURLMcode (*)(CURLM*)> multi_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Job*> jobs_;  // all that have not ended; each lies on its caller's stack
    int counted_ = 0;         // those under way that count
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace upkeep
