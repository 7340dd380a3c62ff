// The measurements of one client thread: requests and CPU time of the window, latencies per second.
#pragma once

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "load/report.h"

namespace c10k {

/// The window either is set before it begins, or follows a gate that starts, measures and ends the
/// traffic, in one or more slices.
class Meter {
 public:
  static constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();
  /// A message sent later than this after it was due counts as late; one turn of the loop takes
  /// less.
  static constexpr Nanoseconds kLate = kMillisecond;

  Meter(bool open_loop, bool gated) : open_loop_(open_loop), gated_(gated) {}

  /// Sets the start of second 0 of the latencies.
  void begin_seconds(Nanoseconds at) { window_.seconds_start = at; }
  /// Sets the window's start and end, which don't move if the thread is late.
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
  /// The message will be sent again.
  void taken_back(Nanoseconds due, Nanoseconds at) {
    if (due < start_) return;
    --window_.sent;
    if (at - due > kLate) --window_.late;
  }

  /// Counts payload when it moves, because a transfer may outlast the window.
  void moved(std::uint64_t bytes, Nanoseconds at) {
    if (at >= start_ && at <= end_) window_.payload += bytes;
  }

  /// A message that was not sent by the window's end, or before its connection failed at `at`.
  void dropped(Nanoseconds due, Nanoseconds at) {
    if (due < start_ || due > end_) return;
    ++window_.dropped;
    lost(due, at);
  }

  /// A message that was never answered: its latency is at least the time until the window's end.
  void lost(Nanoseconds due, Nanoseconds at) {
    if (!open_loop_ || due < start_) return;
    response_.record((end_ == kNever ? at : std::max(at, end_)) - due);
  }

  /// A request is counted if it was answered within the window. In a closed loop a message is due
  /// when it is sent.
  void answered(Nanoseconds due, Nanoseconds sent, Nanoseconds at) {
    const bool inside = at >= start_ && at <= end_;
    if (inside) ++window_.requests;
    if (gated_ ? !inside && !outlasts_slice(sent, at) : due < start_ && at <= end_) return;
    service_.record(at - sent);
    if (open_loop_) response_.record(at - due);
  }

  /// The window has ended, or the traffic ended earlier.
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

  /// Response times (open loop) or service times (closed loop) of the last whole second; callable
  /// from any thread.
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
  // A continuous window keeps the latency of every message due in it, even if answered after it. At
  // the end of a slice no new messages are sent, so the last answers come faster than under load
  // and are left out. Exception: latencies longer than the ramp. The start of a slice lacks such
  // answers, because nothing is sent before the ramp; counting them at the end ensures that stalls
  // are recorded.
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
  // Of the current slice or window.
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
