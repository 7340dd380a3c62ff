// The connections of a proactor: received bytes, sends under way, backlogs.
#pragma once

#include <cstdint>
#include <vector>

#include "base/slot_table.h"
#include "engine/connection.h"
#include "engine/timeouts.h"
#include "engine/turn_sends.h"
#include "uring/buffer_ring.h"
#include "uring/operations.h"

namespace c10k {

/// The state of one connection.
struct ProactorConnection : Waiting {
  /// Receiving stops when a peer that doesn't read its answers has sent this much.
  static constexpr std::size_t kMaxBacklog = 64 * 1024;

  Connection connection;
  /// Bytes received during a send; answered after it.
  std::vector<std::byte> backlog;
  /// The turn in which its last send was prepared, and the send's index in that turn.
  std::uint64_t sent_in = 0;
  std::uint32_t send_index = 0;
  bool receiving = false;  // a multishot receive is under way
  bool sending = false;    // a send, or a poll before a send, that waits for the socket
  Operation waits_in = Operation::awaited_send;  // while it is sending
  bool ended = false;                            // the peer's FIN was received
  bool closing = false;
  CloseReason reason = CloseReason::end;
  /// The part of the backlog being answered; the outbox borrows from it.
  std::vector<std::byte> answered;

  bool is_blocked() const { return sending && backlog.size() >= kMaxBacklog; }
};

/// What it sends is defined in proactor_answers.cc. Receives are multishot. An answer is sent at
/// once and rarely has to wait. See docs/decisions/0007-sends-that-complete-only-when-they-fail.md.
class ProactorConnections {
 public:
  ProactorConnections(Ring& ring, unsigned buffers, Service& service, Ledger& ledger,
                      Timeouts timeouts);

  void open(UniqueFd fd);

  // Call in this order after each wait: note_failed_send() for all failed sends, finish_sends()
  // once all were submitted, then the handler of each completion.
  void note_failed_send(const io_uring_cqe& completion);
  void finish_sends();
  void on_receive(const io_uring_cqe& completion);
  void on_awaited_send(const io_uring_cqe& completion);
  void on_room(const io_uring_cqe& completion);
  void publish_buffers() { buffers_.publish(); }

  /// Whether work remains that needs no further completion.
  bool is_resumable() const { return !resumable_.empty(); }
  /// Shortens a wait to the time until the next connection times out.
  Nanoseconds shorten(Nanoseconds timeout) const { return waits_.shorten(timeout); }
  void close_expired();
  std::size_t live() const { return connections_.live(); }
  /// Closes each connection when its operations have completed; the caller must have cancelled
  /// them.
  void stop();

 private:
  using Connections = SlotTable<ProactorConnection>;
  using Entry = Connections::Entry;

  // The token is never stale: a slot is reused only after its last operation has completed.
  Entry& entry_of(const io_uring_cqe& completion) {
    return *connections_.find(Tag::token(completion.user_data));
  }

  void receive(Entry& entry);
  void on_bytes(Entry& entry, const io_uring_cqe& completion);
  void on_end(Entry& entry);
  void on_receive_failure(Entry& entry, int error);
  bool is_busy(const Entry& entry) const;
  bool can_extend_send(const Entry& entry) const;
  void keep(Entry& entry, Bytes bytes);

  void answer(Entry& entry, Bytes bytes, BufferRing::Id buffer);
  bool send_more(Entry& entry);
  void send(Entry& entry);
  bool send_file(Entry& entry);
  void resume(Entry& entry);
  void finish(Entry& entry);
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
