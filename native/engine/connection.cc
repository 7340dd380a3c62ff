#include "engine/connection.h"

#include <sys/sendfile.h>
#include <sys/socket.h>

#include <cerrno>

#include "engine/linger.h"

namespace c10k {

void Connection::open(Accepted accepted, Service& service, Counters& counters, Nanoseconds at) {
  fd = std::move(accepted.fd);
  record = {};
  record.peer = accepted.peer;
  record.opened = at;
  outbox = {};
  has_ended_ = false;
  lingers_until_ = 0;
  if (TransferLog* log = service.transfer_log())
    transfers = std::make_unique<TransferRecorder>(*log, record.peer, record.opened);
  session = service.open(record.peer, TransferReports(transfers.get()));
  counters.add(Count::accepts);
}

void Connection::take(Bytes bytes, Counters& counters) {
  record.bytes_in += bytes.size();
  counters.add(Count::bytes_in, bytes.size());
  note(session->on_data(bytes, outbox), counters);
}

void Connection::take_end(Counters& counters) {
  has_ended_ = true;
  note(session->on_end(outbox), counters);
}

bool Connection::go_on(Counters& counters) {
  if (!outbox.take_continuation()) return false;
  note(session->on_sent(outbox), counters);
  return true;
}

void Connection::note(Done done, Counters& counters) {
  record.requests += done.requests;
  counters.add(Count::requests, done.requests);
  if (done.storage.calls > 0) {
    counters.add(Count::call_storage, done.storage.calls);
    counters.add(Count::storage_ns, static_cast<std::uint64_t>(done.storage.time));
  }
  if (done.refused == 0) return;
  record.refused += done.refused;
  counters.add(Count::refused, done.refused);
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
    take_end(counters);
    return Receive::end;
  }
  if (errno == EAGAIN) {
    counters.add(Count::again);
    return Receive::nothing;
  }
  note_failure(errno);
  return Receive::failed;
}

Flush Connection::flush(SendAllowance& allowance, Counters& counters) {
  do {
    while (!outbox.empty()) {
      if (allowance.used_up()) {
        outbox.keep();
        return Flush::unfinished;
      }
      const std::size_t length = std::min(outbox.next_length(), allowance.most());
      counters.add(Count::call_send);
      const ssize_t count = send_some(length);
      if (count > 0) {
        const auto sent = static_cast<std::size_t>(count);
        outbox.consume(sent);
        note_sent(sent, counters);
        allowance.charge(sent);
        if (sent < length) counters.add(Count::short_writes);
      } else if (count < 0 && errno == EAGAIN) {
        counters.add(Count::again);
        outbox.keep();
        return Flush::blocked;
      } else if (count == 0 || errno != EINTR) {
        note_failure(count == 0 ? EIO : errno);
        return Flush::failed;
      }
    }
  } while (go_on(counters));
  return Flush::done;
}

// MSG_MORE: the file's first bytes share a segment with those before it. sendfile() has no
// MSG_NOSIGNAL: Node.js ignores SIGPIPE, and so does the program of the model `fork`.
ssize_t Connection::send_some(std::size_t length) {
  const Bytes front = outbox.front();
  const FileRange& file = outbox.file();
  if (front.empty()) {
    off_t offset = file.offset;
    return ::sendfile(fd.get(), file.fd, &offset, length);
  }
  return ::send(fd.get(), front.data(), length, MSG_NOSIGNAL | (file.length > 0 ? MSG_MORE : 0));
}

void Connection::note_sent(std::size_t bytes, Counters& counters) {
  record.bytes_out += bytes;
  counters.add(Count::bytes_out, bytes);
}

bool Connection::linger(Counters& counters) {
  if (has_ended_ || lingers_until_ != 0) return false;
  counters.add(Count::call_shutdown);
  ::shutdown(fd.get(), SHUT_WR);
  lingers_until_ = now() + kLingerTime;
  session = std::make_unique<LingeringSession>();
  outbox = {};
  return true;
}

void Connection::close(CloseReason reason, Counters& counters, Ledger& ledger) {
  counters.add(Count::call_close);
  fd.reset();
  retire(reason, counters, ledger);
}

void Connection::retire(CloseReason reason, Counters& counters, Ledger& ledger) {
  record.closed = now();
  record.reason = reason;
  end_session();
  ledger.add(record);
  counters.add(Count::closes);
}

void Connection::end_session() {
  if (transfers) transfers->take_back(outbox.unsent());
  session.reset();
  transfers.reset();
  outbox = {};
}

void Connection::note_failure(int error) {
  failure_ = error == ECONNRESET || error == EPIPE ? CloseReason::reset : CloseReason::error;
}

}  // namespace c10k
