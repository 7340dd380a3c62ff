// The connections of a proactor: what has been received, what is being sent, what may follow.
#pragma once

#include <cstdint>
#include <vector>

#include "base/slot_table.h"
#include "engine/connection.h"
#include "engine/timeouts.h"
#include "engine/turn_sends.h"
#include "uring/buffer_ring.h"

namespace c10k {

/// What the proactor keeps of a connection.
struct ProactorConnection : Waiting {
  Connection connection;
  /// Received while a send was under way; answered after it.
  std::vector<std::byte> backlog;
  /// The turn in which its last send was prepared, and which of that turn's sends it is.
  std::uint64_t sent_in = 0;
  std::uint32_t send_index = 0;
  bool receiving = false;  // a multishot receive is under way
  bool sending = false;    // a send that waits for the socket is under way
  bool ended = false;      // the peer's end was received
  bool closing = false;
  CloseReason reason = CloseReason::end;
  /// What of the backlog is being answered; the outbox borrows from it.
  std::vector<std::byte> answered;
};

/// Receives go on by themselves; an answer is sent at once, and hardly ever has to wait. See
/// docs/decisions/0007-sends-that-complete-only-when-they-fail.md.
class ProactorConnections {
 public:
  ProactorConnections(Ring& ring, unsigned buffers, Service& service, Ledger& ledger,
                      Timeouts timeouts);

  void open(UniqueFd fd);

  // In this order, after each wait: the failed sends of all completions, then the end of those that
  // were made, then the completions one by one.
  void note_failed_send(const io_uring_cqe& completion);
  void finish_sends();
  void on_receive(const io_uring_cqe& completion);
  void on_awaited_send(const io_uring_cqe& completion);
  void publish_buffers() { buffers_.publish(); }

  /// Something can go on without another completion.
  bool is_resumable() const { return !resumable_.empty(); }
  /// A wait of at most this long, or until the next connection has waited too long.
  Nanoseconds shorten(Nanoseconds timeout) const { return waits_.shorten(timeout); }
  void close_expired();
  std::size_t live() const { return connections_.live(); }
  /// Lets every connection close as its operations end; they must have been cancelled.
  void stop();

 private:
  using Connections = SlotTable<ProactorConnection>;
  using Entry = Connections::Entry;

  Entry& entry_of(const io_uring_cqe& completion);

  void receive(Entry& entry);
  void on_bytes(Entry& entry, const io_uring_cqe& completion);
  void on_end(Entry& entry);
  void on_receive_failure(Entry& entry, int error);
  bool is_busy(const Entry& entry) const;
  bool can_extend_send(const Entry& entry) const;
  void keep(Entry& entry, Bytes bytes);

  void answer(Entry& entry, Bytes bytes, BufferRing::Id buffer);
  void send(Entry& entry);
  void resume(Entry& entry);
  void count_sent(Connection& connection, std::size_t bytes);
  void take_back_sent(Connection& connection, std::size_t bytes);

  void close(Entry& entry, CloseReason reason);
  void settle(Entry& entry);

  Ring& ring_;
  Service& service_;
  Ledger& ledger_;
  Counters& counters_;
  BufferRing buffers_;
  Connections connections_;
  TurnSends sends_;
  WaitLimits waits_;
  std::vector<Token> resumable_;
  std::uint64_t turn_ = 1;
};

}  // namespace c10k
