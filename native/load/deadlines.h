// By when a connection must have been made, or a message answered: one deadline per connection,
// moved only when it has come.
#pragma once

#include "load/slots.h"
#include "load/timers.h"

namespace c10k {

/// A connection's deadline is set when it is dialed. When it comes, it is either kept, or moved to
/// where that of the message under way is by then: sending costs nothing.
class Deadlines {
 public:
  explicit Deadlines(Nanoseconds timeout) : timeout_(timeout) {}

  void set(const Slot& slot) { queue_.set(slot.record.opened + timeout_, slot.token()); }
  Nanoseconds next() const { return queue_.next(); }

  /// Tells of each connection that has not been answered in time.
  template <typename Tell>
  void expire(Slots& slots, Nanoseconds at, Tell tell) {
    while (queue_.next() <= at) {
      Slot* slot = slots.find(queue_.take());
      if (slot == nullptr || (slot->idle && slot->state != Slot::State::connecting)) continue;
      if (const Nanoseconds due = began(*slot, at) + timeout_; due > at)
        queue_.set(due, slot->token());
      else
        tell(*slot);
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
