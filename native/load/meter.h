// What one client thread measures: the window, its requests and CPU time, latencies by the second.
#pragma once

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "load/report.h"

namespace c10k {

class Meter {
 public:
  static constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();
  /// Sent so long after it was due, a message is late: what a loop of its own can't explain.
  static constexpr Nanoseconds kLate = kMillisecond;

  explicit Meter(bool open_loop) : open_loop_(open_loop) {}

  /// When the window begins and ends, told beforehand: it doesn't move with a thread that is late.
  void frame(Nanoseconds start, Nanoseconds end) {
    window_.start = start;
    window_.end = end;
  }
  /// The window has begun.
  void start() {
    measuring_ = true;
    usage_at_start_ = Usage::of_thread();
  }

  void sent(Nanoseconds due, Nanoseconds at) {
    if (due < window_.start) return;
    ++window_.sent;
    if (at - due > kLate) ++window_.late;
  }

  /// Not sent before the window's end.
  void dropped(Nanoseconds due) {
    if (due >= window_.start && due <= window_.end) ++window_.dropped;
  }

  /// A request belongs to the window if it was answered within it; its latency is kept if it was
  /// *due* within it, lest the slowest, answered after the end, be left out; or before it, and
  /// answered after it, for then its connection waited throughout. In a closed loop a message is
  /// due when it is sent.
  void answered(Nanoseconds due, Nanoseconds sent, Nanoseconds at) {
    if (at >= window_.start && at <= window_.end) ++window_.requests;
    if (due < window_.start && at <= window_.end) return;
    service_.record(at - sent);
    if (open_loop_) response_.record(at - due);
  }

  /// The window has ended, or nothing more will come in it.
  void end(Nanoseconds at) {
    if (std::exchange(ended_, true)) return;
    window_.end = std::min(window_.end, at);
    if (measuring_) window_.usage = Usage::of_thread() - usage_at_start_;
  }

  void take_second() {
    Interval interval{second_++, service_.take(), {}};
    if (open_loop_) interval.response = response_.take();
    {
      std::lock_guard lock(mutex_);
      last_second_ = open_loop_ ? interval.response : interval.service;
    }
    if (!interval.service.index.empty()) intervals_.push_back(std::move(interval));
  }

  /// What the tables will call latency, of the last whole second; from any thread.
  SparseHistogram last_second() const {
    std::lock_guard lock(mutex_);
    return last_second_;
  }

  void fill(ThreadReport& report) {
    take_second();
    report.window = window_;
    report.intervals = std::move(intervals_);
  }

 private:
  const bool open_loop_;
  Window window_{.start = kNever, .end = kNever};
  Usage usage_at_start_;
  bool measuring_ = false;
  bool ended_ = false;
  Histogram service_;
  Histogram response_;
  std::uint32_t second_ = 0;
  std::vector<Interval> intervals_;
  mutable std::mutex mutex_;
  SparseHistogram last_second_;
};

}  // namespace c10k
