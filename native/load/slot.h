// One connection of the client, as its loop sees it.
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
    waiting,    // open; for the barrier, the next message's time, or the end of its lifetime
    conversing  // a message is under way
  };

  State state = State::closed;
  bool idle = false;
  /// Waits for the gate to open.
  bool held = false;
  UniqueFd fd;
  std::string_view message;
  std::size_t sent = 0;
  std::size_t received = 0;
  Nanoseconds sent_at = 0;
  /// When the message under way was due: in a closed loop, when it was sent.
  Nanoseconds was_due = 0;
  /// Open loop: when the next one is due, on this connection or the one that replaces it; and how
  /// many random gaps were drawn.
  Nanoseconds due = 0;
  std::uint64_t arrivals = 0;
  /// Among all connections of the process.
  std::uint64_t number = 0;
  /// From when it was free to send: the barrier's opening, or connect().
  Nanoseconds free_at = 0;
  std::uint64_t seed = 0;
  ClientRecord record;

  /// To be sent next; empty: nothing is under way.
  void give_message(std::string_view text) {
    message = text;
    sent = received = 0;
  }
};

}  // namespace c10k
