// The phases of one client thread: connecting, traffic from the release on, the measured window,
// draining. Notifies the conductor and the meter once of each.
#pragma once

#include <utility>

#include "load/conductor.h"
#include "load/meter.h"
#include "load/spec.h"
#include "load/timers.h"

namespace c10k {

class Phases {
 public:
  Phases(const LoadSpec& spec, Conductor& conductor, Meter& meter, Timers& timers)
      : spec_(spec), conductor_(conductor), meter_(meter), timers_(timers) {}

  bool is_over() const { return conductor_.finished() || conductor_.aborted(); }
  bool is_aborted() const { return conductor_.aborted(); }
  bool is_released() const { return released_at_ != Conductor::kNotYet; }
  Nanoseconds released_at() const { return released_at_; }
  /// Whether the duration has passed, even if its timer was not yet processed.
  bool is_window_over(Nanoseconds at) const { return at >= window_ends_; }

  /// Every connection is open or has failed.
  void connected() {
    if (!std::exchange(connected_, true)) conductor_.connected();
  }

  /// Checks whether the conductor has set the start of the traffic.
  void look_for_release() {
    if (scheduled_ || conductor_.release() == Conductor::kNotYet) return;
    scheduled_ = true;
    timers_.set(conductor_.release(), Timers::kRelease);
  }

  /// The time for which the release timer was set.
  Nanoseconds due_release() const { return conductor_.release(); }

  /// The traffic begins.
  void release(Nanoseconds at) {
    scheduled_ = true;
    released_at_ = at;
    const Nanoseconds start = spec_.gated ? at : at + spec_.warmup;
    timers_.set(second_ends_ = start + kSecond, Timers::kSecondPassed);
    meter_.begin_seconds(start);
    if (spec_.gated) return;
    if (spec_.duration > 0) window_ends_ = start + spec_.duration;
    meter_.frame(start, window_ends_);
    if (spec_.warmup > 0)
      timers_.set(start, Timers::kWindowStart);
    else
      meter_.start();
    if (spec_.duration > 0) timers_.set(window_ends_, Timers::kDeadline);
  }

  void second_passed() {
    timers_.set(second_ends_ += kSecond, Timers::kSecondPassed);
    meter_.take_second();
  }

  /// No message is outstanding. Ignored before the release.
  void drained(Nanoseconds at) {
    if (is_released()) end(at);
  }

  /// Ends all remaining phases.
  void abandon(Nanoseconds at) {
    connected();
    end(at);
  }

 private:
  void end(Nanoseconds at) {
    if (std::exchange(drained_, true)) return;
    meter_.end(at);
    conductor_.drained();
  }

  const LoadSpec& spec_;
  Conductor& conductor_;
  Meter& meter_;
  Timers& timers_;
  Nanoseconds released_at_ = Conductor::kNotYet;
  Nanoseconds window_ends_ = Meter::kNever;
  Nanoseconds second_ends_ = 0;
  bool connected_ = false;
  bool scheduled_ = false;  // the release timer is set
  bool drained_ = false;
};

}  // namespace c10k
