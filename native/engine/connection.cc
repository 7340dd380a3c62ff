#include "engine/connection.h"

#include <sys/socket.h>

#include <cerrno>

namespace c10k {

void Connection::open(Accepted accepted, Service& service, Counters& counters) {
  fd = std::move(accepted.fd);
  record = {};
  record.peer = accepted.peer;
  record.opened = now();
  outbox = {};
  session = service.open(record.peer);
  counters.add(Count::accepts);
}

void Connection::take(Bytes bytes, Counters& counters) {
  const std::size_t requests = session->on_data(bytes, outbox);
  record.bytes_in += bytes.size();
  record.requests += requests;
  counters.add(Count::bytes_in, bytes.size());
  counters.add(Count::requests, requests);
}

Receive Connection::receive(MutableBytes buffer, Counters& counters) {
  ssize_t count;
  do {
    counters.add(Count::call_receive);
    count = ::recv(fd.get(), buffer.data(), buffer.size(), 0);
  } while (count < 0 && errno == EINTR);
  if (count > 0) {
    const Bytes bytes = buffer.first(static_cast<std::size_t>(count));
    take(bytes, counters);
    return bytes.size() == buffer.size() ? Receive::some : Receive::drained;
  }
  if (count == 0) {
    session->on_end(outbox);
    return Receive::end;
  }
  if (errno == EAGAIN) {
    counters.add(Count::again);
    return Receive::nothing;
  }
  note_failure(errno);
  return Receive::failed;
}

Flush Connection::flush(Counters& counters) {
  while (!outbox.empty()) {
    const Bytes front = outbox.front();
    counters.add(Count::call_send);
    const ssize_t count = ::send(fd.get(), front.data(), front.size(), MSG_NOSIGNAL);
    if (count >= 0) {
      outbox.consume(static_cast<std::size_t>(count));
      record.bytes_out += static_cast<std::uint64_t>(count);
      counters.add(Count::bytes_out, static_cast<std::uint64_t>(count));
      if (static_cast<std::size_t>(count) < front.size()) counters.add(Count::short_writes);
    } else if (errno == EAGAIN) {
      counters.add(Count::again);
      outbox.keep();
      return Flush::blocked;
    } else if (errno != EINTR) {
      note_failure(errno);
      return Flush::failed;
    }
  }
  return Flush::done;
}

void Connection::close(CloseReason reason, Counters& counters, Ledger& ledger) {
  counters.add(Count::call_close);
  fd.reset();
  retire(reason, counters, ledger);
}

void Connection::retire(CloseReason reason, Counters& counters, Ledger& ledger) {
  record.closed = now();
  record.reason = reason;
  ledger.add(record);
  counters.add(Count::closes);
  session.reset();
  outbox = {};
}

void Connection::note_failure(int error) {
  failure_ = error == ECONNRESET || error == EPIPE ? CloseReason::reset : CloseReason::error;
}

}  // namespace c10k
