// One accepted connection: its socket, session, outbox and row, and the system calls on it.
#pragma once

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

enum class Flush { done, blocked, failed };

struct Connection {
  UniqueFd fd;
  std::unique_ptr<Session> session;
  Outbox outbox;
  ConnectionRecord record;

  /// Takes ownership of a newly accepted socket.
  void open(Accepted accepted, Service& service, Counters& counters);
  /// Passes received bytes to the session; its answer borrows from them.
  void take(Bytes bytes, Counters& counters);
  /// Calls recv() once and passes the bytes to the session; its answer borrows from `buffer` until
  /// flush().
  Receive receive(MutableBytes buffer, Counters& counters);
  /// Sends until everything is sent or the socket is full; copies the unsent rest.
  Flush flush(Counters& counters);
  /// Closes the socket and records the row.
  void close(CloseReason reason, Counters& counters, Ledger& ledger);
  /// Records the row of a connection whose socket the caller closes.
  void retire(CloseReason reason, Counters& counters, Ledger& ledger);
  /// Why the last receive() or flush() failed.
  CloseReason failure() const { return failure_; }
  void note_failure(int error);

 private:
  CloseReason failure_ = CloseReason::error;
};

}  // namespace c10k
