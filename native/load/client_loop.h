// One client thread: an edge-triggered epoll loop over its share of the clients.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "load/client_connections.h"
#include "load/client_thread.h"
#include "load/conversation.h"
#include "load/deadlines.h"
#include "load/exchange.h"
#include "load/phases.h"
#include "load/slice_gate.h"
#include "load/slots.h"

namespace c10k {

/// Defined in client_loop_impl.h, so that the path of a message is compiled as one piece.
template <ClientProtocol Protocol>
class ClientLoop final : public ClientThread {
 public:
  /// This thread has every `spec.threads`-th client of the process.
  ClientLoop(const LoadSpec& spec, unsigned thread, std::shared_ptr<const Protocol> protocol,
             Conductor& conductor, const Board& board);

  void run(Nanoseconds begin) override;
  void wake() const override { poller_.wake(); }

  const Progress& progress() const override { return connections_.progress(); }
  const Board::Line& line() const override { return line_; }
  SparseHistogram last_second() const override { return meter_.last_second(); }
  ThreadReport take_report() override;

 private:
  using Client = ClientSlot<Protocol>;

  void wait();
  void on_event(const epoll_event& event);
  void on_traffic(Client& slot, std::uint32_t events);
  void on_timers();
  void on_timer(Token token);

  bool may_dial() const { return connections_.may_dial() && gate_.is_open(); }
  void open_some();
  void on_connecting(Client& slot, std::uint32_t events);

  void release(Nanoseconds at);
  bool is_beginning() const { return phases_.is_released() && to_begin_ < slots_.size(); }
  void begin_some();
  bool hold(Client& slot);
  bool proceed(Client& slot, Conversation::Next next);
  bool send(Client& slot);
  void receive(Client& slot, bool hangup);
  void continue_later(Client& slot, std::uint32_t events);
  void continue_turns();

  void look_at_gate();
  void settle_gate();
  void start_draining();
  // Not inlined into wait(), which would hold a copy for each of their many callers.
  [[gnu::noinline]] void close(Slot& slot, Failure failure);
  [[gnu::noinline]] void reconnect(Slot& slot);
  void close_all();

  const LoadSpec& spec_;
  Poller poller_{Timers::kWake};

  Slots<Client> slots_;
  std::size_t to_begin_;          // the next slot to send its first message
  std::deque<Token> unfinished_;  // connections whose turn ended early

  Board::Line& line_;
  SliceGate gate_;

  Nanoseconds now_ = 0;
  Timers timers_;
  Deadlines deadlines_;
  Meter meter_;
  Phases phases_;
  Conversation conversation_;
  ClientConnections connections_;
  BoundedRows<ClientTransfer> transfers_;
  Exchanges<Protocol> exchanges_;
};

}  // namespace c10k
