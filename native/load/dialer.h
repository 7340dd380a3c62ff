// Which connections a client thread has still to open, and how many it opens at once.
#pragma once

#include <cstdint>
#include <deque>

#include "load/slot.h"
#include "load/socket.h"
#include "load/spec.h"

namespace c10k {

class Dialer {
 public:
  /// Connections between two looks at the events, for a connect time is known as well as it is
  /// looked at.
  static constexpr int kPerTurn = 4;

  /// Of the process's connections, a thread has every `spec.threads`-th: so many at a time.
  Dialer(const LoadSpec& spec, unsigned thread, std::size_t at_a_time)
      : spec_(spec), thread_(thread), at_a_time_(at_a_time) {}

  void enqueue(const Slot& slot) { queue_.push_back(slot.index); }
  /// Forgets all that was not begun.
  void cancel() { queue_.clear(); }
  std::uint32_t take() {
    const std::uint32_t index = queue_.front();
    queue_.pop_front();
    return index;
  }

  bool may_dial() const { return !queue_.empty() && under_way_ < kMostUnderWay; }
  bool is_settled() const { return queue_.empty() && under_way_ == 0; }
  const std::deque<std::uint32_t>& waiting() const { return queue_; }

  /// Makes a new connection of the slot, and begins to connect: state connecting, or a failure.
  Failure dial(Slot& slot, Nanoseconds at);
  /// The handshake has ended, one way or the other.
  void hang_up() { --under_way_; }

 private:
  /// More handshakes at once would only overflow the listener's queues.
  static constexpr std::size_t kMostUnderWay = 512;

  std::uint64_t number() const;
  const Address* source() const;

  const LoadSpec& spec_;
  const unsigned thread_;
  const std::size_t at_a_time_;
  std::deque<std::uint32_t> queue_;
  std::uint64_t dialed_ = 0;
  std::size_t under_way_ = 0;
};

}  // namespace c10k
