// The phases of one client thread: connecting, traffic from the release on, the window that is
// measured, draining. The conductor and the meter are told of each, once.
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
  /// The duration has passed, whether or not its timer was looked at.
  bool is_window_over(Nanoseconds at) const { return at >= window_ends_; }

  /// Every connection is open or has failed.
  void connected() {
    if (!std::exchange(connected_, true)) conductor_.connected();
  }

  /// The conductor may have said when traffic begins.
  void look_for_release() {
    if (scheduled_ || conductor_.release() == Conductor::kNotYet) return;
    scheduled_ = true;
    timers_.set(conductor_.release(), Timers::kRelease);
  }

  /// What the timer was set for.
  Nanoseconds due_release() const { return conductor_.release(); }

  /// Traffic begins.
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

  /// No message is under way any more; before the release that means nothing.
  void drained(Nanoseconds at) {
    if (is_released()) end(at);
  }

  /// Nothing more will happen, whatever phase it was.
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
  bool scheduled_ = false;  // when to release is known
  bool drained_ = false;
};

}  // namespace c10k
