// The connections of one client thread, from connect(2) to close(2): counts, replacement, and a row
// for each.
#pragma once

#include <deque>

#include "base/counter.h"
#include "load/board.h"
#include "load/conversation.h"
#include "load/dialer.h"
#include "load/phases.h"
#include "load/poller.h"
#include "load/slots.h"

namespace c10k {

/// The progress of a running thread, for other threads.
struct Progress {
  Counter connected;
  Counter open;
  Counter failures;
};

/// A connection is active unless it is idle, or has ended and is not replaced.
class ClientConnections {
 public:
  ClientConnections(const LoadSpec& spec, unsigned thread, Slots& slots, Board::Line& line,
                    Conversation& conversation, Phases& phases);

  const Progress& progress() const { return progress_; }
  /// No request is outstanding: every active connection is held by the gate or waits to be dialed.
  bool are_quiescent(std::size_t held) const { return held + dialer_.waiting().size() >= active_; }

  bool may_dial() const { return dialer_.may_dial(); }
  /// No connection waits to be dialed, and no handshake is under way.
  bool is_settled() const { return dialer_.is_settled(); }
  /// The next slot to dial.
  Slot& take() { return slots_[dialer_.take()]; }
  /// Starts to connect. On failure the caller must close the connection.
  Failure dial(Slot& slot, const Poller& poller, Nanoseconds at);
  /// Handles the socket's first events. On failure the caller must close the connection.
  Failure connected(Slot& slot, std::uint32_t events, Nanoseconds at);

  /// Closes the socket and records the row; queues a replacement if one is due.
  void close(Slot& slot, Failure failure, Nanoseconds at);
  /// Connections that wait to be dialed become inactive.
  void cancel_dialing();
  /// Marks the thread as drained if no connection is active.
  void settle(Nanoseconds at);

  std::deque<ClientRecord> take_records() { return std::move(records_); }

 private:
  void set_active(std::size_t count);
  void enter_row(Slot& slot, Failure failure, Nanoseconds at);
  bool is_replaced(Failure failure) const;

  const LoadSpec& spec_;
  Slots& slots_;
  Board::Line& line_;
  Conversation& conversation_;
  Phases& phases_;
  Dialer dialer_;
  std::size_t active_ = 0;
  Progress progress_;
  std::deque<ClientRecord> records_;
};

}  // namespace c10k
