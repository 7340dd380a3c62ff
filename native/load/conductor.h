// Synchronizes the phases of all client threads: connect, go, drain, finish.
#pragma once

#include <atomic>
#include <condition_variable>
#include <limits>
#include <mutex>

#include "base/clock.h"

namespace c10k {

class Conductor {
 public:
  static constexpr Nanoseconds kNotYet = std::numeric_limits<Nanoseconds>::max();

  explicit Conductor(unsigned threads) : threads_(threads) {}

  // Called by the controlling thread, which must then wake the client threads.
  void go(Nanoseconds at) { release_.store(at, std::memory_order_release); }
  void finish() { finished_.store(true, std::memory_order_release); }
  void abort() { aborted_.store(true, std::memory_order_release); }
  void wait_connected() { wait(connected_); }
  void wait_drained() { wait(drained_); }

  // Called once by each client thread.
  void connected() { arrive(connected_); }
  void drained() { arrive(drained_); }

  // Called by the client threads.
  Nanoseconds release() const { return release_.load(std::memory_order_acquire); }
  bool finished() const { return finished_.load(std::memory_order_acquire); }
  bool aborted() const { return aborted_.load(std::memory_order_acquire); }

 private:
  void arrive(unsigned& arrived) {
    std::lock_guard lock(mutex_);
    ++arrived;
    changed_.notify_all();
  }
  void wait(const unsigned& arrived) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return arrived >= threads_; });
  }

  const unsigned threads_;
  std::atomic<Nanoseconds> release_{kNotYet};
  std::atomic<bool> finished_{false};
  std::atomic<bool> aborted_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  unsigned connected_ = 0;
  unsigned drained_ = 0;
};

}  // namespace c10k
