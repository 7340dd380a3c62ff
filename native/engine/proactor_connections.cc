#include "engine/proactor_connections.h"

#include <fcntl.h>

#include <algorithm>

#include "engine/engine.h"

namespace c10k {
namespace {

/// Receiving stops when a peer that doesn't read its answers has sent this much.
constexpr std::size_t kMaxBacklog = 64 * 1024;

bool is_blocked(const ProactorConnection& connection) {
  return connection.sending && connection.backlog.size() >= kMaxBacklog;
}

/// Whether all of the answer lies in the receive buffer from which it borrows.
bool is_in_buffer(const Outbox& outbox) {
  return !outbox.empty() && outbox.borrows() && !outbox.continues() && outbox.file().length == 0;
}

/// Makes a socket non-blocking for a while: operations on it must wait instead of failing.
class NonBlocking {
 public:
  NonBlocking(int fd, Counters& counters) : fd_(fd) {
    counters.add(Count::call_control, 2);
    ::fcntl(fd_, F_SETFL, O_NONBLOCK);
  }
  ~NonBlocking() { ::fcntl(fd_, F_SETFL, 0); }
  NonBlocking(const NonBlocking&) = delete;
  NonBlocking& operator=(const NonBlocking&) = delete;

 private:
  const int fd_;
};

}  // namespace

ProactorConnections::ProactorConnections(Ring& ring, unsigned buffers, Service& service,
                                         Ledger& ledger, Timeouts timeouts)
    : ring_(ring),
      service_(service),
      ledger_(ledger),
      counters_(ledger.counters),
      buffers_(ring, buffers, service.receive_bytes()),
      sends_(ring),
      waits_(timeouts) {}

// A multishot accept stores every peer address in the same place, so the address is read by
// getpeername(2).
void ProactorConnections::open(UniqueFd fd) {
  Accepted accepted{.fd = std::move(fd), .peer = {}, .error = 0};
  counters_.add(Count::call_peer);
  accepted.peer = Address::peer_of(accepted.fd.get());
  Entry& entry = connections_.open();
  static_cast<ProactorConnection&>(entry) = {};
  entry.connection.open(std::move(accepted), service_, counters_);
  ledger_.note_opening(entry.connection.record);
  waits_.await_data(entry);
  receive(entry);
}

// The token is never stale: a slot is reused only after its last operation has completed.
ProactorConnections::Entry& ProactorConnections::entry_of(const io_uring_cqe& completion) {
  return *connections_.find(Tag::token(completion.user_data));
}

void ProactorConnections::receive(Entry& entry) {
  receive_all(ring_.prepare(), entry.connection.fd.get(), entry.token());
  entry.receiving = true;
}

void ProactorConnections::on_receive(const io_uring_cqe& completion) {
  Entry& entry = entry_of(completion);
  if (!(completion.flags & IORING_CQE_F_MORE)) entry.receiving = false;
  if (completion.res > 0)
    on_bytes(entry, completion);
  else if (completion.res == 0)
    on_end(entry);
  else
    on_receive_failure(entry, -completion.res);
}

void ProactorConnections::on_bytes(Entry& entry, const io_uring_cqe& completion) {
  const Bytes bytes = buffers_.bytes(completion);
  const BufferRing::Id buffer = BufferRing::id_of(completion);
  if (entry.closing) {
    buffers_.recycle(buffer);
    return settle(entry);
  }
  if (!entry.sending) waits_.await_data(entry);
  if (is_busy(entry) && !can_extend_send(entry)) {
    keep(entry, bytes);
    buffers_.recycle(buffer);
  } else {
    answer(entry, bytes, buffer);
  }
  if (!entry.receiving && !entry.closing && !is_blocked(entry)) receive(entry);
}

void ProactorConnections::on_end(Entry& entry) {
  entry.ended = true;
  if (entry.closing) return settle(entry);
  if (!is_busy(entry))
    resume(entry);
  else if (!entry.sending)
    resumable_.push_back(entry.token());
}

void ProactorConnections::on_receive_failure(Entry& entry, int error) {
  if (entry.closing) return settle(entry);
  switch (error) {
    case ENOBUFS:  // retry when buffers have been recycled
      counters_.add(Count::again);
      return resumable_.push_back(entry.token());
    case ECANCELED:
    case EINTR:
    case EAGAIN:
      if (!is_blocked(entry)) receive(entry);
      return;
    default:
      entry.connection.note_failure(error);
      close(entry, entry.connection.failure());
  }
}

// Whether new bytes must wait, to keep their order behind earlier ones.
bool ProactorConnections::is_busy(const Entry& entry) const {
  return entry.sending || entry.sent_in == turn_ || !entry.backlog.empty();
}

// New bytes can be appended to a send of this turn that is not submitted yet.
bool ProactorConnections::can_extend_send(const Entry& entry) const {
  const Outbox& outbox = entry.connection.outbox;
  return entry.sent_in == turn_ && !entry.sending && entry.backlog.empty() && outbox.empty() &&
         !outbox.continues() && !outbox.finished() && sends_.is_extensible(entry.send_index);
}

void ProactorConnections::keep(Entry& entry, Bytes bytes) {
  if (entry.backlog.empty() && !entry.sending) resumable_.push_back(entry.token());
  entry.backlog.insert(entry.backlog.end(), bytes.begin(), bytes.end());
  if (is_blocked(entry) && entry.receiving)
    cancel(ring_.prepare(), Operation::receive, entry.token());
}

void ProactorConnections::answer(Entry& entry, Bytes bytes, BufferRing::Id buffer) {
  Connection& connection = entry.connection;
  connection.take(bytes, counters_);
  Outbox& outbox = connection.outbox;
  const bool follows = entry.sent_in == turn_;
  if (!is_in_buffer(outbox)) {
    outbox.keep();
    buffers_.recycle(buffer);
    if (!follows && send_more(entry)) return;
  } else {
    const Bytes front = outbox.front();
    outbox.consume(front.size());
    if (follows)
      sends_.extend(entry.send_index, front, buffer);
    else
      entry.send_index = sends_.begin(connection.fd.get(), entry.token(), front, buffer);
    entry.sent_in = turn_;
    connection.note_sent(front.size(), counters_);
  }
  if (outbox.finished() || outbox.continues() || !outbox.empty())
    resumable_.push_back(entry.token());
}

/// Sends what is queued or, when that is sent, what the session adds. False if that is nothing.
bool ProactorConnections::send_more(Entry& entry) {
  Connection& connection = entry.connection;
  while (connection.outbox.empty())
    if (!connection.go_on(counters_)) return false;
  if (connection.outbox.file().length > 0) return send_file(entry);
  send(entry);
  return true;
}

// One operation waits until the socket has taken everything. With a write timeout, it completes
// after each part, because only completions show progress.
void ProactorConnections::send(Entry& entry) {
  send_waiting(ring_.prepare(), entry.connection.fd.get(), entry.connection.outbox.front(),
               entry.token(), !waits_.limits_writes());
  entry.sending = true;
  entry.waits_in = Operation::awaited_send;
  waits_.await_room(entry);
}

// io_uring has no sendfile operation, and its splice always runs on a kernel thread: see
// docs/decisions/0013-sendfile-beside-io-uring.md.
bool ProactorConnections::send_file(Entry& entry) {
  Connection& connection = entry.connection;
  SendAllowance allowance(service_.receive_bytes());
  const NonBlocking guard(connection.fd.get(), counters_);
  switch (connection.flush(allowance, counters_)) {
    case Flush::done:
      waits_.await_data(entry);
      return false;
    case Flush::failed:
      close(entry, connection.failure());
      return true;
    case Flush::blocked:
    case Flush::unfinished:
      await_room(ring_.prepare(), connection.fd.get(), entry.token());
      entry.sending = true;
      entry.waits_in = Operation::room;
      waits_.await_room(entry);
  }
  return true;
}

// The kernel executes sends during submission. Short and failed sends are processed here, before
// the other completions of this turn.
void ProactorConnections::note_failed_send(const io_uring_cqe& completion) {
  Entry* entry = connections_.find(Tag::token(completion.user_data));
  if (entry == nullptr) return;
  Connection& connection = entry->connection;
  const std::size_t taken = std::max(completion.res, 0);
  Outbox rest;
  sends_.for_rest(entry->send_index, taken, [&](Bytes bytes) {
    take_back_sent(connection, bytes.size());
    rest.write(bytes);
  });
  if (entry->closing) return;
  if (completion.res < 0 && completion.res != -EAGAIN) {
    connection.note_failure(-completion.res);
    return close(*entry, connection.failure());
  }
  counters_.add(completion.res > 0 ? Count::short_writes : Count::again);
  connection.outbox.put_before(std::move(rest));
  send(*entry);
}

void ProactorConnections::finish_sends() {
  sends_.finish(buffers_);
  ++turn_;
  std::vector<Token> resumable;
  resumable.swap(resumable_);
  for (const Token token : resumable) {
    Entry* entry = connections_.find(token);
    if (entry != nullptr && !entry->closing && !entry->sending) resume(*entry);
  }
}

void ProactorConnections::on_awaited_send(const io_uring_cqe& completion) {
  Entry& entry = entry_of(completion);
  Connection& connection = entry.connection;
  entry.sending = false;
  if (completion.res > 0) {
    connection.note_sent(completion.res, counters_);
    connection.outbox.consume(static_cast<std::size_t>(completion.res));
  }
  if (entry.closing) return settle(entry);
  if (completion.res < 0) {
    connection.note_failure(-completion.res);
    return close(entry, connection.failure());
  }
  if (connection.outbox.empty()) {
    entry.answered = {};
    waits_.await_data(entry);
  }
  resume(entry);
}

void ProactorConnections::on_room(const io_uring_cqe& completion) {
  Entry& entry = entry_of(completion);
  entry.sending = false;
  if (entry.closing) return settle(entry);
  resume(entry);
}

// Continues what had to wait for a send.
void ProactorConnections::resume(Entry& entry) {
  Connection& connection = entry.connection;
  Outbox& outbox = connection.outbox;
  const auto has_sent_all = [&] { return !entry.sending && !entry.closing && !send_more(entry); };
  if (has_sent_all() && !outbox.finished() && !entry.backlog.empty()) {
    entry.answered = std::exchange(entry.backlog, {});
    connection.take(entry.answered, counters_);
  }
  if (has_sent_all() && !outbox.finished() && entry.ended) {
    connection.take_end(counters_);
    outbox.keep();
  }
  if (has_sent_all() && outbox.finished()) return close(entry, CloseReason::end);
  if (!entry.receiving && !entry.ended && !entry.closing && !is_blocked(entry)) receive(entry);
}

// Sends are counted when prepared, because almost all complete in full; this corrects the rest.
void ProactorConnections::take_back_sent(Connection& connection, std::size_t bytes) {
  connection.record.bytes_out -= bytes;
  counters_.subtract(Count::bytes_out, bytes);
}

void ProactorConnections::close_expired() {
  waits_.expire([this](Waiting& waiting, CloseReason reason) {
    close(static_cast<Entry&>(waiting), reason);
  });
}

void ProactorConnections::close(Entry& entry, CloseReason reason) {
  waits_.forget(entry);
  entry.closing = true;
  entry.reason = reason;
  if (entry.receiving) cancel(ring_.prepare(), Operation::receive, entry.token());
  if (entry.sending) cancel(ring_.prepare(), entry.waits_in, entry.token());
  settle(entry);
}

// The descriptor is closed and the slot released after the last operation has completed.
void ProactorConnections::settle(Entry& entry) {
  if (!entry.closing || entry.receiving || entry.sending) return;
  close_fd(ring_.prepare(), entry.connection.fd.release());
  entry.connection.retire(entry.reason, counters_, ledger_);
  entry.backlog = entry.answered = {};
  connections_.release(entry);
}

void ProactorConnections::stop() {
  connections_.for_each_open([this](Entry& entry) {
    waits_.forget(entry);
    entry.closing = true;
    entry.reason = CloseReason::stopped;
    settle(entry);
  });
}

}  // namespace c10k
