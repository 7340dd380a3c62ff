// What one client thread measures: the window, its requests and CPU time, latencies by the second.
#pragma once

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "load/report.h"

namespace c10k {

/// The window is framed before it begins; or a gate says when traffic begins, is measured and ends,
/// once or in many slices.
class Meter {
 public:
  static constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();
  /// A message sent this long after it was due is late: more than the loop's own turn explains.
  static constexpr Nanoseconds kLate = kMillisecond;

  Meter(bool open_loop, bool gated) : open_loop_(open_loop), gated_(gated) {}

  /// When second 0 of the latencies begins.
  void begin_seconds(Nanoseconds at) { window_.seconds_start = at; }
  /// When the window begins and ends: it does not move with a thread that is late.
  void frame(Nanoseconds start, Nanoseconds end) {
    start_ = window_.start = start;
    end_ = window_.end = end;
  }
  /// The window has begun.
  void start() { count_usage(start_); }

  void open_slice(Nanoseconds at) {
    opened_ = at;
    start_ = end_ = kNever;
  }
  void measure_slice(Nanoseconds at) {
    start_ = at;
    window_.start = std::min(window_.start, at);
    count_usage(at);
  }
  void shut_slice(Nanoseconds at) {
    end_ = at;
    if (start_ == kNever) return;
    window_.end = at;
    stop_counting_usage(at);
  }

  void sent(Nanoseconds due, Nanoseconds at) {
    if (due < start_) return;
    ++window_.sent;
    if (at - due > kLate) ++window_.late;
  }

  /// Not sent before the window's end, or before its connection failed at `at`.
  void dropped(Nanoseconds due, Nanoseconds at) {
    if (due < start_ || due > end_) return;
    ++window_.dropped;
    lost(due, at);
  }

  /// Never answered: its response time is at least what has passed by the window's end.
  void lost(Nanoseconds due, Nanoseconds at) {
    if (!open_loop_ || due < start_) return;
    response_.record((end_ == kNever ? at : std::max(at, end_)) - due);
  }

  /// A request belongs to the window if it was answered within it. In a closed loop a message is
  /// due when it is sent.
  void answered(Nanoseconds due, Nanoseconds sent, Nanoseconds at) {
    const bool inside = at >= start_ && at <= end_;
    if (inside) ++window_.requests;
    if (gated_ ? !inside && !outlasts_slice(sent, at) : due < start_ && at <= end_) return;
    service_.record(at - sent);
    if (open_loop_) response_.record(at - due);
  }

  /// The window has ended, or nothing more will come in it.
  void end(Nanoseconds at) {
    if (std::exchange(ended_, true)) return;
    if (gated_) {
      if (counting_since_ != kNever) shut_slice(at);
    } else {
      end_ = window_.end = std::min(window_.end, at);
      stop_counting_usage(end_);
    }
  }

  void take_second() {
    Interval interval{second_++, service_.take(), {}};
    if (open_loop_) interval.response = response_.take();
    {
      std::lock_guard lock(mutex_);
      last_second_ = open_loop_ ? interval.response : interval.service;
    }
    if (!interval.service.index.empty() || !interval.response.index.empty())
      intervals_.push_back(std::move(interval));
  }

  /// What the tables call latency, of the last whole second; from any thread.
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
  // An uninterrupted window keeps the latency of what was due in it, however late the answer. A
  // slice ends with all connections silent: the last answers come faster than under load, and are
  // left out, except those that took longer than the ramp. Such messages could not be answered
  // within a slice that they began before, so they count here, and no stall is lost.
  bool outlasts_slice(Nanoseconds sent, Nanoseconds at) const {
    return start_ != kNever && at > end_ && at - sent > start_ - opened_;
  }

  void count_usage(Nanoseconds at) {
    counting_since_ = at;
    usage_at_start_ = Usage::of_thread();
  }
  void stop_counting_usage(Nanoseconds at) {
    if (counting_since_ == kNever) return;
    window_.usage += Usage::of_thread() - usage_at_start_;
    window_.observed += at - counting_since_;
    counting_since_ = kNever;
  }

  const bool open_loop_;
  const bool gated_;
  Window window_{.start = kNever, .end = kNever};
  // Of the slice or the window under way.
  Nanoseconds opened_ = kNever;
  Nanoseconds start_ = kNever;
  Nanoseconds end_ = kNever;
  Usage usage_at_start_;
  Nanoseconds counting_since_ = kNever;
  bool ended_ = false;
  Histogram service_;
  Histogram response_;
  std::uint32_t second_ = 0;
  std::vector<Interval> intervals_;
  mutable std::mutex mutex_;
  SparseHistogram last_second_;
};

}  // namespace c10k
