// One accepted connection: its socket, session, outbox and row, and the system calls on it.
#pragma once

#include <algorithm>
#include <memory>

#include "account/ledger.h"
#include "base/unique_fd.h"
#include "net/listener.h"
#include "service/service.h"

namespace c10k {

enum class Receive {
  some,     // the buffer was filled: there may be more
  drained,  // a short read: the socket is empty now
  nothing,  // EAGAIN
  end,      // the peer has closed its sending side
  failed    // the connection is broken
};

enum class Flush {
  done,        // everything is sent, and the session has nothing to add
  blocked,     // the socket is full
  unfinished,  // the allowance is used up
  failed
};

/// What a connection may send in one turn of an event loop, so that a peer that takes everything at
/// once can't starve the others.
class SendAllowance {
 public:
  static constexpr std::size_t kBuffers = 128;

  /// For a thread that serves nothing else meanwhile.
  SendAllowance() = default;
  /// With 128 buffers of 64 KiB most turns end when the socket is full. A server that sends less
  /// per turn never waits and makes all of TCP's work itself; one that waits leaves it to the
  /// peer's ACKs.
  explicit SendAllowance(std::size_t receive_bytes)
      : least_(receive_bytes), most_(kBuffers * receive_bytes) {}

  /// The most bytes of one send.
  std::size_t most() const { return most_; }
  bool used_up() const { return used_ >= most_; }
  void charge(std::size_t sent) { used_ += std::max(sent, least_); }

 private:
  std::size_t least_ = 0;
  std::size_t most_ = ~std::size_t{0};
  std::size_t used_ = 0;
};

struct Connection {
  UniqueFd fd;
  /// Null if transfers aren't recorded.
  std::unique_ptr<TransferRecorder> transfers;
  std::unique_ptr<Session> session;
  Outbox outbox;
  ConnectionRecord record;

  /// Takes ownership of a newly accepted socket.
  void open(Accepted accepted, Service& service, Counters& counters, Nanoseconds at = now());
  /// Passes received bytes to the session; its answer borrows from them.
  void take(Bytes bytes, Counters& counters);
  /// Tells the session that the peer sends no more.
  void take_end(Counters& counters);
  /// Tells the session that everything queued is sent; false if it didn't ask.
  bool go_on(Counters& counters);
  /// Calls recv() once and passes the bytes to the session; its answer borrows from `buffer` until
  /// flush().
  Receive receive(MutableBytes buffer, Counters& counters);
  /// Sends what the session queued, and what it adds as its answer goes on, until the socket is
  /// full or the allowance used up. Copies the unsent rest.
  Flush flush(SendAllowance& allowance, Counters& counters);
  /// Call when everything is sent and the session has finished. False if the connection can be
  /// closed; otherwise it must be served on, and lingers until the session finishes again.
  bool linger(Counters& counters);
  /// When a lingering connection must be closed; 0 if it doesn't linger.
  Nanoseconds lingers_until() const { return lingers_until_; }
  /// Closes the socket and records the row.
  void close(CloseReason reason, Counters& counters, Ledger& ledger);
  /// Records the row of a connection whose socket the caller closes.
  void retire(CloseReason reason, Counters& counters, Ledger& ledger);
  /// Ends the session and drops what it queued; a transfer that it has not completed is recorded.
  void end_session();
  /// Records bytes that the kernel has taken.
  void note_sent(std::size_t bytes, Counters& counters);
  /// Why the last receive() or flush() failed.
  CloseReason failure() const { return failure_; }
  void note_failure(int error);

 private:
  /// Calls send() or sendfile() once; 0 if the file has become shorter than its range.
  ssize_t send_some(std::size_t length);
  void note(Done done, Counters& counters);

  CloseReason failure_ = CloseReason::error;
  bool has_ended_ = false;  // the peer has closed its sending side
  Nanoseconds lingers_until_ = 0;
};

}  // namespace c10k
