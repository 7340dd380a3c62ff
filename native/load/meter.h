// What one client thread measures: the window, its requests and CPU time, latencies by the second.
#pragma once

#include <limits>
#include <utility>

#include "load/report.h"

namespace c10k {

class Meter {
 public:
  static constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();

  void start(Nanoseconds at) {
    window_.start = at;
    usage_at_start_ = Usage::of_thread();
  }

  /// A request belongs to the window if it was answered within it; its latency is kept if it was
  /// *sent* within it, lest the slowest, answered after the end, be left out.
  void record(Nanoseconds sent, Nanoseconds answered) {
    if (sent >= window_.start) service_.record(answered - sent);
    if (answered >= window_.start && answered <= window_.end) ++window_.requests;
  }

  void end(Nanoseconds at) {
    if (window_.end != kNever) return;
    window_.end = at;
    window_.usage = window_.start == kNever ? Usage{} : Usage::of_thread() - usage_at_start_;
  }

  void take_second() {
    SparseHistogram taken = service_.take();
    if (!taken.index.empty()) intervals_.push_back({second_, std::move(taken)});
    ++second_;
  }

  void fill(ThreadReport& report) {
    take_second();
    report.window = window_;
    report.intervals = std::move(intervals_);
  }

 private:
  Window window_{.start = kNever, .end = kNever, .requests = 0, .usage = {}};
  Usage usage_at_start_;
  Histogram service_;
  std::uint32_t second_ = 0;
  std::vector<Interval> intervals_;
};

}  // namespace c10k
