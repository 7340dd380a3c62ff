// One client thread: an edge-triggered epoll loop over its share of the connections.
#pragma once

#include <array>
#include <cstdint>

#include "load/client_connections.h"
#include "load/conversation.h"
#include "load/deadlines.h"
#include "load/phases.h"
#include "load/slice_gate.h"
#include "load/slots.h"

namespace c10k {

class ClientLoop {
 public:
  /// This thread has every `spec.threads`-th connection of the process.
  ClientLoop(const LoadSpec& spec, unsigned thread, const Messages& messages, Conductor& conductor,
             const Board& board);

  /// Connects from `begin` on, sends traffic, drains; returns when the conductor finishes or
  /// aborts.
  void run(Nanoseconds begin);
  /// Makes run() check the conductor; callable from any thread.
  void wake() const { poller_.wake(); }

  const Progress& progress() const { return connections_.progress(); }
  std::uint64_t answered() const { return line_.answered.get(); }
  SparseHistogram last_second() const { return meter_.last_second(); }
  /// Call after run() has returned.
  ThreadReport take_report();

 private:
  void wait();
  void on_event(const epoll_event& event);
  void on_timers();
  void on_timer(Token token);

  bool may_dial() const { return connections_.may_dial() && gate_.is_open(); }
  void open_some();
  void on_connecting(Slot& slot, std::uint32_t events);

  void release(Nanoseconds at);
  bool is_beginning() const { return phases_.is_released() && to_begin_ < slots_.size(); }
  void begin_some();
  bool hold(Slot& slot);
  bool proceed(Slot& slot, Conversation::Next next);
  bool send(Slot& slot);
  void receive(Slot& slot, bool hangup);

  void look_at_gate();
  void settle_gate();
  void start_draining();
  void close(Slot& slot, Failure failure);
  void close_all();

  const LoadSpec& spec_;
  Poller poller_{Timers::kWake};

  Slots slots_;
  std::size_t to_begin_;  // the next slot to send its first message

  Board::Line& line_;
  SliceGate gate_;

  Nanoseconds now_ = 0;
  Timers timers_;
  Deadlines deadlines_;
  Meter meter_;
  Phases phases_;
  Conversation conversation_;
  ClientConnections connections_;

  std::array<char, 64 * 1024> buffer_;
};

}  // namespace c10k
