// A client: it makes its requests on one connection after another.
#pragma once

#include <cstdint>

#include "base/slot_id.h"
#include "base/unique_fd.h"
#include "load/report.h"

namespace c10k {

/// A slot belongs to one client at a time; its generation is that of the connection.
struct Slot : SlotId {
  enum class State : std::uint8_t {
    closed,
    absent,  // without a connection: it waits to be dialed, now or at its time
    connecting,
    waiting,    // open; waits for the barrier, its next message's time or the end of its lifetime
    conversing  // a request is outstanding
  };

  /// What outlasts a connection and ends with the client.
  struct Client {
    /// Its number among those of all processes.
    std::uint64_t number = 0;
    std::uint64_t seed = 0;
    /// When its first connection was free to send; 0: not yet.
    Nanoseconds began = 0;
    Nanoseconds lifetime = 0;
    /// Answered on earlier connections.
    std::uint64_t requests_before = 0;
    /// Failures since the last answer.
    std::uint32_t failures = 0;
  };

  State state = State::closed;
  bool idle = false;
  /// It waits for the gate to open.
  bool held = false;
  /// The last answer closes the connection.
  bool is_used_up = false;
  /// Events of a turn that ended early.
  std::uint32_t pending = 0;
  UniqueFd fd;
  Nanoseconds sent_at = 0;
  /// When the outstanding message was due; in a closed loop, when it was sent.
  Nanoseconds was_due = 0;
  /// When a part of a message was last sent or received.
  Nanoseconds progressed_at = 0;
  /// Open loop: when the next message is due, for this client or its replacement; and the number
  /// of random gaps drawn.
  Nanoseconds due = 0;
  std::uint64_t arrivals = 0;
  Client client;
  ClientRecord record;

  /// The client's answered requests.
  std::uint64_t requests() const { return client.requests_before + record.requests; }
};

}  // namespace c10k
