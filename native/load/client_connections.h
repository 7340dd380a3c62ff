// The connections of one client thread, from connect(2) to close(2): a row for each, and what its
// client does after it.
#pragma once

#include <deque>

#include "base/counter.h"
#include "load/board.h"
#include "load/conversation.h"
#include "load/dialer.h"
#include "load/phases.h"
#include "load/poller.h"

namespace c10k {

/// The progress of a running thread, for other threads.
struct Progress {
  Counter connected;
  Counter open;
  /// Failures that were not retried.
  Counter failures;
  Counter retries;
};

/// A client is active unless it is idle, or has ended and is not replaced.
class ClientConnections {
 public:
  ClientConnections(const LoadSpec& spec, unsigned thread, std::size_t slots, Board::Line& line,
                    Conversation& conversation, Phases& phases, Timers& timers);

  /// Puts a client into the slot; it waits to be dialed.
  void admit(Slot& slot);

  const Progress& progress() const { return progress_; }
  /// No request is outstanding: every active client is held by the gate or has no connection.
  bool are_quiescent(std::size_t held) const { return held + absent_ >= active_; }

  bool may_dial() const { return dialer_.may_dial(); }
  /// No client waits to be dialed, and no handshake is under way.
  bool is_settled() const { return dialer_.is_settled() && delayed_ == 0; }
  /// The next client to dial.
  Slot& take();
  /// Starts to connect. On failure the caller must close the connection.
  Failure dial(Slot& slot, const Poller& poller, Nanoseconds at);
  /// Handles the socket's first events. On failure the caller must close the connection.
  Failure connected(Slot& slot, std::uint32_t events, Nanoseconds at);

  /// Closes the socket and records the row. The client retries, is replaced, or ends.
  void close(Slot& slot, Failure failure, Nanoseconds at);
  /// Closes the socket and records the row. The client takes another connection when it needs it.
  void reconnect(Slot& slot, Nanoseconds at);
  /// The timer of an absent client has expired.
  void dial_again(Slot& slot, Nanoseconds at);
  /// An absent client ends.
  void cancel(Slot& slot);
  void cancel_dialing();
  /// Marks the thread as drained if no client is active.
  void settle(Nanoseconds at);

  std::deque<ClientRecord> take_records() { return std::move(records_); }

 private:
  enum class After { end, retry, reconnect };

  void set_active(std::size_t count);
  void leave(Slot& slot, Failure failure, After after, Nanoseconds at);
  void enter_row(Slot& slot, Failure failure, After after, Nanoseconds at);
  void enqueue(Slot& slot);
  void delay(Slot& slot, Nanoseconds until);
  void end_client(Slot& slot, Failure failure, Nanoseconds at);
  bool may_dial_more() const { return !conversation_.is_draining() && !phases_.is_aborted(); }

  const LoadSpec& spec_;
  Board::Line& line_;
  Conversation& conversation_;
  Phases& phases_;
  Timers& timers_;
  Dialer dialer_;
  std::size_t active_ = 0;
  /// Active clients without a connection.
  std::size_t absent_ = 0;
  /// Clients, idle ones too, that wait for the time of their next connection.
  std::size_t delayed_ = 0;
  Progress progress_;
  std::deque<ClientRecord> records_;
};

}  // namespace c10k
