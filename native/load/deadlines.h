// Deadlines of handshakes and answers: one timer per connection, checked only when it expires.
#pragma once

#include "load/slots.h"
#include "load/timers.h"

namespace c10k {

/// The timer is set when a connection is dialed. When it expires, the connection has timed out, or
/// the timer is moved to the deadline of the outstanding message. So sending sets no timer.
class Deadlines {
 public:
  explicit Deadlines(Nanoseconds timeout) : timeout_(timeout) {}

  void set(const Slot& slot) { queue_.set(slot.record.opened + timeout_, slot.token()); }
  Nanoseconds next() const { return queue_.next(); }

  /// Calls `report` with each connection that has timed out.
  template <typename Report>
  void expire(Slots& slots, Nanoseconds at, Report report) {
    while (queue_.next() <= at) {
      Slot* slot = slots.find(queue_.take());
      if (slot == nullptr || (slot->idle && slot->state != Slot::State::connecting)) continue;
      if (const Nanoseconds due = began(*slot, at) + timeout_; due > at)
        queue_.set(due, slot->token());
      else
        report(*slot);
    }
  }

 private:
  static Nanoseconds began(const Slot& slot, Nanoseconds at) {
    if (slot.state == Slot::State::connecting) return slot.record.opened;
    return slot.state == Slot::State::conversing ? slot.sent_at : at;
  }

  const Nanoseconds timeout_;
  Timers queue_;
};

}  // namespace c10k
