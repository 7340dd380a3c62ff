// The queue of clients that a thread has to connect, with a limit on concurrent handshakes.
#pragma once

#include <cstdint>
#include <deque>

#include "load/slot.h"
#include "load/socket.h"
#include "load/spec.h"

namespace c10k {

class Dialer {
 public:
  /// The maximum of connections started per turn: connect times are only as exact as events are
  /// polled often.
  static constexpr int kPerTurn = 4;

  /// A thread has every `spec.threads`-th client of the process. `slots`: how many it has at once.
  Dialer(const LoadSpec& spec, unsigned thread, std::size_t slots)
      : spec_(spec), thread_(thread), slots_(slots) {}

  /// Gives the slot to a new client.
  void admit(Slot& slot);
  void enqueue(Slot& slot) { queue_.push_back(&slot); }
  /// Clears the queue.
  void cancel() { queue_.clear(); }
  Slot& take() {
    Slot& slot = *queue_.front();
    queue_.pop_front();
    return slot;
  }

  bool may_dial() const { return !queue_.empty() && under_way_ < kMaxHandshakes; }
  bool is_settled() const { return queue_.empty() && under_way_ == 0; }

  /// Resets what is the connection's and starts to connect: state connecting, or a failure.
  Failure dial(Slot& slot, Nanoseconds at);
  /// The handshake has succeeded or failed.
  void end_handshake() { --under_way_; }

 private:
  /// More concurrent handshakes would only overflow the listener's queues.
  static constexpr std::size_t kMaxHandshakes = 512;

  const Address* source() const;

  const LoadSpec& spec_;
  const unsigned thread_;
  const std::size_t slots_;
  std::deque<Slot*> queue_;
  std::uint64_t admitted_ = 0;
  std::uint64_t dialed_ = 0;
  std::size_t under_way_ = 0;
};

}  // namespace c10k
