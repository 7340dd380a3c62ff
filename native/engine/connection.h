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
  end,      // the peer sends no more
  failed    // the connection is broken
};

enum class Flush { done, blocked, failed };

struct Connection {
  UniqueFd fd;
  std::unique_ptr<Session> session;
  Outbox outbox;
  ConnectionRecord record;

  /// Takes over a freshly accepted socket.
  void open(Accepted accepted, Service& service, Counters& counters);
  /// Lets the session answer what was received; the answer borrows from it.
  void take(Bytes bytes, Counters& counters);
  /// One recv() whose bytes the session answers; the answer borrows from `buffer` until flush().
  Receive receive(MutableBytes buffer, Counters& counters);
  /// Sends until all is sent or the socket takes no more; keeps a copy of what it didn't take.
  Flush flush(Counters& counters);
  /// Closes the socket and enters the row.
  void close(CloseReason reason, Counters& counters, Ledger& ledger);
  /// Enters the row of a connection whose socket somebody else closes.
  void retire(CloseReason reason, Counters& counters, Ledger& ledger);
  /// Why the last receive() or flush() failed.
  CloseReason failure() const { return failure_; }
  void note_failure(int error);

 private:
  CloseReason failure_ = CloseReason::error;
};

}  // namespace c10k
