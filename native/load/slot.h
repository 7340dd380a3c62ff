// The state of one client connection.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/slot_id.h"
#include "base/unique_fd.h"
#include "load/report.h"

namespace c10k {

struct Slot : SlotId {
  enum class State : std::uint8_t {
    closed,
    connecting,
    waiting,    // open; waits for the barrier, its next message's time or the end of its lifetime
    conversing  // a message is outstanding
  };

  State state = State::closed;
  bool idle = false;
  /// It waits for the gate to open.
  bool held = false;
  UniqueFd fd;
  std::string_view message;
  std::size_t sent = 0;
  std::size_t received = 0;
  Nanoseconds sent_at = 0;
  /// When the outstanding message was due; in a closed loop, when it was sent.
  Nanoseconds was_due = 0;
  /// Open loop: when the next message is due, on this connection or its replacement; and the number
  /// of random gaps drawn.
  Nanoseconds due = 0;
  std::uint64_t arrivals = 0;
  /// Its number among all connections of the process.
  std::uint64_t number = 0;
  /// Since when it may send: the barrier's opening, or connect().
  Nanoseconds free_at = 0;
  std::uint64_t seed = 0;
  ClientRecord record;

  /// Sets the message to send next; empty: none is outstanding.
  void give_message(std::string_view text) {
    message = text;
    sent = received = 0;
  }
};

}  // namespace c10k
