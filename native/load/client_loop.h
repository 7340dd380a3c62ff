// One client thread: an edge-triggered epoll loop over its share of the connections, phase by
// phase.
#pragma once

#include <sys/epoll.h>

#include <array>
#include <cstdint>
#include <deque>

#include "base/counter.h"
#include "load/board.h"
#include "load/conversation.h"
#include "load/deadlines.h"
#include "load/dialer.h"
#include "load/phases.h"
#include "load/slice_gate.h"
#include "load/slots.h"

namespace c10k {

/// What can be seen of a running thread from outside.
struct Progress {
  Counter connected;
  Counter open;
  Counter failures;
};

class ClientLoop {
 public:
  /// Of the process's connections, this thread has every `spec.threads`-th.
  ClientLoop(const LoadSpec& spec, unsigned thread, const Messages& messages, Conductor& conductor,
             const Board& board);

  /// Connects from `begin` on, converses, drains; returns when the conductor finishes or aborts.
  void run(Nanoseconds begin);
  /// Makes run() look at the conductor; from any thread.
  void wake() const;

  const Progress& progress() const { return progress_; }
  std::uint64_t answered() const { return line_.answered.get(); }
  SparseHistogram last_second() const { return meter_.last_second(); }
  /// To be taken when run() has returned.
  ThreadReport take_report();

 private:
  void watch(int event_fd, Token token) const;
  void wait();
  void on_event(const epoll_event& event);
  void on_timers();
  void on_timer(Token token);

  bool may_dial() const { return dialer_.may_dial() && gate_.is_open(); }
  void open_some();
  void open(Slot& slot);
  void on_connecting(Slot& slot, std::uint32_t events);

  void release(Nanoseconds at);
  bool is_beginning() const { return phases_.is_released() && to_begin_ < slots_.size(); }
  void begin_some();
  Conversation::Next next_of(Slot& slot);
  bool hold(Slot& slot);
  bool proceed(Slot& slot, Conversation::Next next);
  bool send(Slot& slot);
  void receive(Slot& slot, bool hangup);

  void look_at_gate();
  void settle_gate();
  void start_draining();
  void settle_drain();
  void close(Slot& slot, Failure failure);
  void close_all();

  const LoadSpec& spec_;
  const UniqueFd epoll_;
  const UniqueFd wake_;

  Slots slots_;
  std::size_t active_;    // not idle, and not done with
  std::size_t to_begin_;  // the next slot whose first message is to be sent

  Board::Line& line_;
  SliceGate gate_;

  Nanoseconds now_ = 0;
  Timers timers_;
  Deadlines deadlines_;
  Meter meter_;
  Phases phases_;
  Dialer dialer_;
  Conversation conversation_;
  Progress progress_;
  std::deque<ClientRecord> records_;

  std::array<epoll_event, 512> events_;
  std::array<char, 64 * 1024> buffer_;
};

}  // namespace c10k
