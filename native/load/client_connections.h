// The connections of one client thread, from connect(2) to close(2): how many are open and active,
// what follows on one that has ended, and a row for each.
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

/// What can be seen of a running thread from outside.
struct Progress {
  Counter connected;
  Counter open;
  Counter failures;
};

/// A connection is active unless it is idle, or has ended without another to replace it.
class ClientConnections {
 public:
  ClientConnections(const LoadSpec& spec, unsigned thread, Slots& slots, Board::Line& line,
                    Conversation& conversation, Phases& phases);

  const Progress& progress() const { return progress_; }
  /// Nothing is under way: every active connection is held, or waits to be dialed.
  bool are_silent(std::size_t held) const { return held + dialer_.waiting().size() >= active_; }

  bool may_dial() const { return dialer_.may_dial(); }
  /// None is left to be dialed, and no handshake is under way.
  bool is_settled() const { return dialer_.is_settled(); }
  /// The slot to be dialed next.
  Slot& take() { return slots_[dialer_.take()]; }
  /// Begins to connect. On a failure the connection is to be closed.
  Failure dial(Slot& slot, const Poller& poller, Nanoseconds at);
  /// The first events of the socket have come: it is open, or is to be closed.
  Failure connected(Slot& slot, std::uint32_t events, Nanoseconds at);

  /// Closes the socket and enters the row. Another connection may be dialed in its place.
  void close(Slot& slot, Failure failure, Nanoseconds at);
  /// Those that wait to be dialed are no longer active.
  void cancel_dialing();
  /// When none is active, the thread has drained.
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
