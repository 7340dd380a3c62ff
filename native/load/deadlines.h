// Deadlines of handshakes, answers and their progress: one timer per connection, checked only when
// it expires.
#pragma once

#include <algorithm>

#include "load/slots.h"
#include "load/timers.h"

namespace c10k {

/// The timer is set when a connection is dialed. When it expires, the connection has failed, or the
/// timer is moved to the next deadline. So sending and receiving set no timer.
class Deadlines {
 public:
  /// `stall`: the longest time without progress; 0: no limit.
  Deadlines(Nanoseconds timeout, Nanoseconds stall)
      : timeout_(timeout), stall_(stall > 0 ? stall : Timers::kNever) {}

  void set(const Slot& slot) { queue_.set(slot.record.opened + shortest(), slot.token()); }
  Nanoseconds next() const { return queue_.next(); }

  /// Calls `report` with each connection that has timed out or stalled.
  template <typename Entry, typename Report>
  void expire(Slots<Entry>& slots, Nanoseconds at, Report report) {
    while (queue_.next() <= at) {
      Entry* slot = slots.find(queue_.take());
      if (slot == nullptr || (slot->idle && slot->state != Slot::State::connecting)) continue;
      const Nanoseconds timed_out = timeout_of(*slot, at);
      const Nanoseconds stalled = stall_of(*slot);
      if (std::min(timed_out, stalled) > at)
        queue_.set(std::min(timed_out, stalled), slot->token());
      else
        report(*slot, timed_out <= at ? Failure::timed_out : Failure::stalled);
    }
  }

 private:
  Nanoseconds shortest() const { return std::min(timeout_, stall_); }

  Nanoseconds timeout_of(const Slot& slot, Nanoseconds at) const {
    if (slot.state == Slot::State::connecting) return slot.record.opened + timeout_;
    // A request that is sent later has its deadlines later.
    return slot.state == Slot::State::conversing ? slot.sent_at + timeout_ : at + shortest();
  }
  Nanoseconds stall_of(const Slot& slot) const {
    if (slot.state != Slot::State::conversing || stall_ == Timers::kNever) return Timers::kNever;
    return std::max(slot.sent_at, slot.progressed_at) + stall_;
  }

  const Nanoseconds timeout_;
  const Nanoseconds stall_;
  Timers queue_;
};

}  // namespace c10k
