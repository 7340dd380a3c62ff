// The course of a client's requests, whatever their protocol: the next action, and latencies. Makes
// no system call.
#pragma once

#include <algorithm>

#include "load/board.h"
#include "load/meter.h"
#include "load/pacer.h"
#include "load/slot.h"
#include "load/timers.h"

namespace c10k {

class Conversation {
 public:
  /// The loop's next action on a connection.
  enum class Next : std::uint8_t { wait, send, close, hold, reconnect };

  Conversation(const LoadSpec& spec, Meter& meter, Timers& timers,
               const std::atomic<Board::Setting>& gate)
      : pacer_(spec), meter_(meter), timers_(timers), gate_(gate) {}

  /// The connection may send from `free_at` on.
  Next begin(Slot& slot, Nanoseconds free_at, Nanoseconds at) {
    pacer_.begin(slot, free_at);
    return advance(slot, at);
  }

  /// Moves on to the next message, now or when its timer expires, or to the end.
  Next advance(Slot& slot, Nanoseconds at) {
    slot.state = Slot::State::waiting;
    if (draining_) return Next::close;
    const Nanoseconds due = pacer_.due(slot);
    if (due <= at && pacer_.is_done(slot, at)) return Next::close;
    if (pacer_.is_used_up(slot) && !pacer_.has_sent_all(slot)) return Next::reconnect;
    if (due > at) {
      timers_.set(due, slot.token());
      return Next::wait;
    }
    if (!Board::lets_send(gate_.load(std::memory_order_relaxed))) return Next::hold;
    take_message(slot, due, at);
    return Next::send;
  }

  /// When a client without a connection needs one.
  Nanoseconds due(const Slot& slot) const { return pacer_.due(slot); }
  bool is_done(const Slot& slot, Nanoseconds at) const { return pacer_.is_done(slot, at); }

  /// The gate that held the connection opened at `opened`.
  Next resume(Slot& slot, Nanoseconds opened, Nanoseconds at) {
    if (slot.record.requests == 0) slot.record.free_at = opened;
    if (slot.requests() == 0) slot.client.began = opened;
    return advance(slot, at);
  }

  /// The whole answer was received; `is_last`: it closes the connection.
  Next answered(Slot& slot, bool is_last, Nanoseconds at) {
    meter_.answered(slot.was_due, slot.sent_at, at);
    ClientRecord& record = slot.record;
    if (record.requests == 0) record.first_answer = at - slot.record.free_at;
    record.answered(at - slot.sent_at);
    slot.is_used_up = is_last;
    slot.client.failures = 0;
    return advance(slot, at);
  }

  /// No new message is started. An outstanding one may still be answered.
  void drain() { draining_ = true; }
  bool is_draining() const { return draining_; }

  /// Counts the messages that were due until then as dropped.
  void drop_due(Slot& slot, Nanoseconds until) {
    pacer_.miss(slot, until, [&](Nanoseconds due) { meter_.dropped(due, until); });
  }
  /// The client has failed: counts an outstanding message as lost.
  void lose_message(const Slot& slot, Nanoseconds at) {
    if (slot.state == Slot::State::conversing) meter_.lost(slot.was_due, at);
  }
  /// The client will send an outstanding message again.
  void take_back_message(Slot& slot) {
    if (slot.state != Slot::State::conversing) return;
    meter_.taken_back(slot.was_due, slot.sent_at);
    pacer_.take_back(slot);
  }
  /// The client has ended and is not replaced: counts the rest of its schedule as dropped.
  void drop_rest(Slot& slot, Nanoseconds at) { drop_due(slot, pacer_.end_of_schedule(slot, at)); }

 private:
  void take_message(Slot& slot, Nanoseconds due, Nanoseconds at) {
    slot.sent_at = pacer_.has_own_connection() ? std::max(slot.record.free_at, due) : at;
    slot.was_due = pacer_.take_due(slot, slot.sent_at);
    slot.state = Slot::State::conversing;
    meter_.sent(slot.was_due, slot.sent_at);
  }

  const Pacer pacer_;
  Meter& meter_;
  Timers& timers_;
  const std::atomic<Board::Setting>& gate_;
  bool draining_ = false;
};

}  // namespace c10k
