#include "net/transfer_loop.h"

#include <algorithm>
#include <new>

#include "core/failure.h"
#include "core/limits.h"

namespace upkeep {

TransferLoop::TransferLoop(const Stop& stop)
    : stop_(stop), multi_(curl_multi_init(), curl_multi_cleanup) {
    if (!multi_) {
        throw std::bad_alloc();
    }
    // Without its socket pair nothing could wake the loop, and curl says so only here.
    if (curl_multi_wakeup(multi_.get()) != CURLM_OK) {
        throw Failure("preparing transfers", "the system gives no more sockets",
                      "Is the limit of open files (ulimit -n) too low?");
    }
}

TransferLoop::~TransferLoop() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    curl_multi_wakeup(multi_.get());
    if (thread_.joinable()) {
        thread_.join();
    }
}

CURLcode TransferLoop::perform(CURL* easy, Flow* flow) {
    stop_.throw_if_requested();
    Job job{easy, flow};
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &job);
    std::unique_lock lock(mutex_);
    if (!thread_.joinable()) {
        thread_ = std::thread([this] { loop(); });
    }
    jobs_.push_back(&job);
    curl_multi_wakeup(multi_.get());
    wait_for(job, lock);
    if (job.stopped) {
        throw Stopped();
    }
    return job.result;
}

void TransferLoop::wait_for(Job& job, std::unique_lock<std::mutex>& lock) {
    const auto has_piece = [&] { return job.flow != nullptr && !job.flow->waiting.empty(); };
    while (true) {
        changed_.wait(lock, [&] { return job.ended || has_piece(); });
        if (job.stopped || !has_piece()) {
            return;
        }
        std::string piece;
        piece.swap(job.flow->waiting);
        if (job.flow->paused) {
            curl_multi_wakeup(multi_.get());
        }
        lock.unlock();
        try {
            job.flow->sink(piece);
        } catch (...) {
            lock.lock();
            job.abandoned = true;
            curl_multi_wakeup(multi_.get());
            changed_.wait(lock, [&] { return job.ended; });
            throw;
        }
        lock.lock();
    }
}

bool TransferLoop::hand_over(Flow& flow, std::string_view piece) {
    const std::lock_guard lock(mutex_);
    flow.paused =
        !flow.waiting.empty() && flow.waiting.size() + piece.size() > limits::waiting_bytes;
    if (!flow.paused) {
        flow.waiting.append(piece);
        changed_.notify_all();
    }
    return !flow.paused;
}

// Nothing here allocates or throws but what curl does and reports: the thread has nobody to tell.
void TransferLoop::loop() {
    bool stopped = false;
    std::unique_lock lock(mutex_);
    while (!ending_) {
        lock.unlock();
        int running = 0;
        curl_multi_perform(multi_.get(), &running);
        lock.lock();
        collect_ended();
        end_abandoned();
        resume_paused(lock);
        stopped = stop_.requested();
        if (stopped) {
            stop_all();
        }
        add_new_jobs();
        lock.unlock();
        poll_once(!stopped);
        lock.lock();
    }
}

void TransferLoop::poll_once(bool until_stopped) {
    constexpr int longest_ms = 60'000;  // curl's own timers end it sooner
    curl_waitfd stop{stop_.descriptor(), CURL_WAIT_POLLIN, 0};
    curl_multi_poll(multi_.get(), &stop, until_stopped ? 1 : 0, longest_ms, nullptr);
}

void TransferLoop::add_new_jobs() {
    for (std::size_t i = 0; i < jobs_.size();) {
        Job& job = *jobs_[i];
        const bool counts = job.flow == nullptr;
        if (!job.added && (!counts || counted_ < limits::connections_at_once)) {
            if (curl_multi_add_handle(multi_.get(), job.easy) != CURLM_OK) {
                end(job, CURLE_OUT_OF_MEMORY);
                continue;
            }
            job.added = true;
            counted_ += counts ? 1 : 0;
        }
        ++i;
    }
}

void TransferLoop::collect_ended() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
        void* job = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &job);
        const CURLcode result = message->data.result;
        curl_multi_remove_handle(multi_.get(), message->easy_handle);
        end(*static_cast<Job*>(job), result);
    }
}

void TransferLoop::end_abandoned() {
    for (std::size_t i = 0; i < jobs_.size();) {
        Job& job = *jobs_[i];
        if (job.abandoned) {
            curl_multi_remove_handle(multi_.get(), job.easy);
            end(job, CURLE_ABORTED_BY_CALLBACK);
        } else {
            ++i;
        }
    }
}

void TransferLoop::resume_paused(std::unique_lock<std::mutex>& lock) {
    for (std::size_t i = 0; i < jobs_.size();) {
        Job& job = *jobs_[i];
        CURLcode result = CURLE_OK;
        if (job.flow != nullptr && job.flow->paused && job.flow->waiting.empty()) {
            job.flow->paused = false;
            // Calls the callback at once, which locks by itself. No other thread takes a job out.
            lock.unlock();
            result = curl_easy_pause(job.easy, CURLPAUSE_CONT);
            lock.lock();
        }
        if (result == CURLE_OK) {
            ++i;
        } else {
            curl_multi_remove_handle(multi_.get(), job.easy);
            end(job, result);
        }
    }
}

void TransferLoop::stop_all() {
    while (!jobs_.empty()) {
        Job& job = *jobs_.back();
        curl_multi_remove_handle(multi_.get(), job.easy);
        job.stopped = true;
        end(job, CURLE_ABORTED_BY_CALLBACK);
    }
}

void TransferLoop::end(Job& job, CURLcode result) {
    counted_ -= job.added && job.flow == nullptr ? 1 : 0;
    jobs_.erase(std::find(jobs_.begin(), jobs_.end(), &job));
    job.result = result;
    job.ended = true;
    changed_.notify_all();
}

}  // namespace upkeep
