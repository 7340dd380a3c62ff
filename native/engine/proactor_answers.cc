// The half of ProactorConnections that sends: answers, files, and what waits for a send.
#include <fcntl.h>

#include <algorithm>
#include <utility>

#include "engine/proactor_connections.h"

namespace c10k {
namespace {

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
  if (has_sent_all() && outbox.finished()) return finish(entry);
  if (!entry.receiving && !entry.ended && !entry.closing && !entry.is_blocked()) receive(entry);
}

// What was received behind the last request is discarded in the next turn.
void ProactorConnections::finish(Entry& entry) {
  if (!entry.connection.linger(counters_)) return close(entry, CloseReason::end);
  waits_.await_end(entry);
  resumable_.push_back(entry.token());
}

// Sends are counted when prepared, because almost all complete in full; this corrects the rest.
void ProactorConnections::take_back_sent(Connection& connection, std::size_t bytes) {
  connection.record.bytes_out -= bytes;
  counters_.subtract(Count::bytes_out, bytes);
}

}  // namespace c10k
