#include "engine/proactor_connections.h"

namespace c10k {

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
  if (!entry.receiving && !entry.closing && !entry.is_blocked()) receive(entry);
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
      if (!entry.is_blocked()) receive(entry);
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
  if (entry.is_blocked() && entry.receiving)
    cancel(ring_.prepare(), Operation::receive, entry.token());
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
