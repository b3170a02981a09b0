// One curl multi loop in a thread of its own, which all transfers of the program run over.
#pragma once

#include <curl/curl.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "system/stop.h"

namespace upkeep {

class TransferLoop {
  public:
    // `stop` must outlive the loop. The thread starts with the first transfer.
    explicit TransferLoop(const Stop& stop);
    ~TransferLoop();
    TransferLoop(const TransferLoop&) = delete;
    TransferLoop& operator=(const TransferLoop&) = delete;

    // Runs the transfer and returns when it has ended; callbacks are called from the loop's thread.
    // Throws Stopped as soon as a stop is requested; the transfer is ended then. From any thread.
    CURLcode perform(CURL* easy);

  private:
    struct Job {
        CURL* easy = nullptr;
        bool added = false;
        bool ended = false;
        bool stopped = false;
        CURLcode result = CURLE_OK;
    };

    void loop();
    void add_new_jobs();
    void collect_ended();
    void stop_all();
    void end(Job& job, CURLcode result);
    void poll_once(bool until_stopped);

    const Stop& stop_;
    std::unique_ptr<CURLM, CURLMcode (*)(CURLM*)> multi_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Job*> jobs_;  // all that have not ended; each lies on its caller's stack
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace upkeep
