#include "engine/proactor_connections.h"

#include <algorithm>

#include "engine/engine.h"

namespace c10k {
namespace {

/// A peer that sends this much while it doesn't read is read from no more.
constexpr std::size_t kMostBacklog = 64 * 1024;

bool is_blocked(const ProactorConnection& connection) {
  return connection.sending && connection.backlog.size() >= kMostBacklog;
}

}  // namespace

ProactorConnections::ProactorConnections(Ring& ring, unsigned buffers, Service& service,
                                         Ledger& ledger, Timeouts timeouts)
    : ring_(ring),
      service_(service),
      ledger_(ledger),
      counters_(ledger.counters),
      buffers_(ring, buffers, kReceiveBytes),
      sends_(ring),
      waits_(timeouts) {}

// A multishot accept has room for one address, which the next connection overwrites.
void ProactorConnections::open(UniqueFd fd) {
  Accepted accepted{.fd = std::move(fd), .peer = {}, .error = 0};
  counters_.add(Count::call_peer);
  accepted.peer = Address::peer_of(accepted.fd.get());
  Entry& entry = connections_.open();
  static_cast<ProactorConnection&>(entry) = {};
  entry.connection.open(std::move(accepted), service_, counters_);
  waits_.await_data(entry);
  receive(entry);
}

// Never stale: a slot is used again when no operation is left that knows it.
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
  if (!entry.receiving && !is_blocked(entry)) receive(entry);
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
    case ENOBUFS:  // until some are recycled
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

// What comes now has to wait for what came before.
bool ProactorConnections::is_busy(const Entry& entry) const {
  return entry.sending || entry.sent_in == turn_ || !entry.backlog.empty();
}

// A send of this turn that wasn't submitted yet takes what arrived behind its bytes.
bool ProactorConnections::can_extend_send(const Entry& entry) const {
  const Outbox& outbox = entry.connection.outbox;
  return entry.sent_in == turn_ && !entry.sending && entry.backlog.empty() && outbox.empty() &&
         !outbox.finished() && sends_.is_extensible(entry.send_index);
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
  if (outbox.empty() || !outbox.borrows()) {
    buffers_.recycle(buffer);
    if (!outbox.empty() && !follows) return send(entry);
  } else {
    const Bytes front = outbox.front();
    outbox.consume(front.size());
    if (follows)
      sends_.extend(entry.send_index, front, buffer);
    else
      entry.send_index = sends_.begin(connection.fd.get(), entry.token(), front, buffer);
    entry.sent_in = turn_;
    count_sent(connection, front.size());
  }
  if (outbox.finished() || !outbox.empty()) resumable_.push_back(entry.token());
}

// Until the socket has taken all; part by part where a wait for room is limited, because only
// completions show progress.
void ProactorConnections::send(Entry& entry) {
  send_waiting(ring_.prepare(), entry.connection.fd.get(), entry.connection.outbox.front(),
               entry.token(), !waits_.limits_writes());
  entry.sending = true;
  waits_.await_room(entry);
}

// Sends are made while they are submitted. Those that took less, or failed, are found here,
// before anything else is made of this turn's completions.
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
  rest.write(connection.outbox.front());  // what the session kept had to follow
  if (connection.outbox.finished()) rest.finish();
  rest.keep();
  connection.outbox = std::move(rest);
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
  if (completion.res > 0) count_sent(connection, completion.res);
  if (entry.closing) return settle(entry);
  if (completion.res < 0) {
    connection.note_failure(-completion.res);
    return close(entry, connection.failure());
  }
  connection.outbox.consume(static_cast<std::size_t>(completion.res));
  if (connection.outbox.empty()) {
    entry.answered = {};
    waits_.await_data(entry);
  }
  resume(entry);
}

// Goes on where a send had to be finished first.
void ProactorConnections::resume(Entry& entry) {
  Connection& connection = entry.connection;
  Outbox& outbox = connection.outbox;
  if (outbox.empty() && !outbox.finished() && !entry.backlog.empty()) {
    entry.answered = std::exchange(entry.backlog, {});
    connection.take(entry.answered, counters_);
  }
  if (outbox.empty() && !outbox.finished() && entry.ended) {
    connection.session->on_end(outbox);
    outbox.keep();
  }
  if (!outbox.empty()) send(entry);
  if (outbox.empty() && outbox.finished()) return close(entry, CloseReason::end);
  if (!entry.receiving && !entry.ended) receive(entry);
}

void ProactorConnections::count_sent(Connection& connection, std::size_t bytes) {
  connection.record.bytes_out += bytes;
  counters_.add(Count::bytes_out, bytes);
}

// A send is counted when it is prepared: almost all are made in full.
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
  if (entry.sending) cancel(ring_.prepare(), Operation::awaited_send, entry.token());
  settle(entry);
}

// A descriptor is closed, and its slot used again, when no operation is left that knows it.
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
