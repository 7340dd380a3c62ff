#include "load/client_connections.h"

#include "load/retry.h"

namespace c10k {

using State = Slot::State;

ClientConnections::ClientConnections(const LoadSpec& spec, unsigned thread, std::size_t slots,
                                     Board::Line& line, Conversation& conversation, Phases& phases,
                                     Timers& timers)
    : spec_(spec),
      line_(line),
      conversation_(conversation),
      phases_(phases),
      timers_(timers),
      dialer_(spec, thread, slots) {}

void ClientConnections::admit(Slot& slot) {
  if (!slot.idle) set_active(active_ + 1);
  dialer_.admit(slot);
  enqueue(slot);
}

// ---- Clients without a connection

void ClientConnections::enqueue(Slot& slot) {
  slot.state = State::absent;
  if (!slot.idle) ++absent_;
  dialer_.enqueue(slot);
}

void ClientConnections::delay(Slot& slot, Nanoseconds until) {
  slot.state = State::absent;
  if (!slot.idle) ++absent_;
  ++delayed_;
  timers_.set(until, slot.token());
}

void ClientConnections::dial_again(Slot& slot, Nanoseconds at) {
  --delayed_;
  if (!slot.idle) --absent_;
  if (!conversation_.is_done(slot, at)) return enqueue(slot);
  slot.state = State::closed;
  ++slot.generation;
  end_client(slot, Failure::none, at);
}

void ClientConnections::cancel(Slot& slot) {
  slot.state = State::closed;
  ++slot.generation;
  if (slot.idle) return;
  --absent_;
  set_active(active_ - 1);
}

void ClientConnections::cancel_dialing() {
  dialer_.cancel();
  delayed_ = 0;
}

// ---- Opening

Slot& ClientConnections::take() {
  Slot& slot = dialer_.take();
  if (!slot.idle) --absent_;
  return slot;
}

Failure ClientConnections::dial(Slot& slot, const Poller& poller, Nanoseconds at) {
  const Failure failure = dialer_.dial(slot, at);
  if (failure != Failure::none) return failure;
  return poller.watch_socket(slot.fd.get(), slot.token()) ? Failure::none : failure_of(errno);
}

Failure ClientConnections::connected(Slot& slot, std::uint32_t events, Nanoseconds at) {
  if (events & (EPOLLERR | EPOLLHUP)) {
    const Failure failure = connect_result(slot.fd.get());
    return failure == Failure::none ? Failure::reset : failure;
  }
  dialer_.end_handshake();
  slot.state = State::waiting;
  slot.record.connected = at;
  slot.record.local = Address::local_of(slot.fd.get());
  progress_.connected.add();
  progress_.open.add();
  return Failure::none;
}

// ---- Closing

void ClientConnections::close(Slot& slot, Failure failure, Nanoseconds at) {
  const bool retries =
      may_be_retried(failure) && slot.client.failures < spec_.retries && may_dial_more();
  if (!retries) {
    if (failure != Failure::none) {
      progress_.failures.add();
      conversation_.lose_message(slot, at);
    }
    leave(slot, failure, After::end, at);
    return end_client(slot, failure, at);
  }
  progress_.retries.add();
  conversation_.take_back_message(slot);
  leave(slot, failure, After::retry, at);
  delay(slot, at + retry_delay(slot.client.seed, slot.client.failures++));
}

void ClientConnections::reconnect(Slot& slot, Nanoseconds at) {
  leave(slot, Failure::none, After::reconnect, at);
  if (const Nanoseconds due = conversation_.due(slot); due > at)
    delay(slot, due);
  else
    enqueue(slot);
}

void ClientConnections::leave(Slot& slot, Failure failure, After after, Nanoseconds at) {
  if (slot.state == State::connecting) dialer_.end_handshake();
  if (slot.record.connected != 0) progress_.open.subtract();
  enter_row(slot, failure, after, at);
  // Connections closed after the measured window must not occupy the next trial's ports.
  if (failure == Failure::none && conversation_.is_draining()) end_without_time_wait(slot.fd.get());
  slot.fd.reset();
  slot.state = State::closed;
  ++slot.generation;
}

// A client wants on its last connection what is left, and on the others what they answered.
void ClientConnections::enter_row(Slot& slot, Failure failure, After after, Nanoseconds at) {
  ClientRecord& record = slot.record;
  record.failure = failure;
  record.retried = after == After::retry;
  record.closed = at;
  record.requests_wanted = record.requests;
  if (!slot.idle && after == After::end) {
    if (spec_.repeat > 0)
      record.requests_wanted = spec_.repeat - slot.client.requests_before;
    else if (failure != Failure::none)
      ++record.requests_wanted;
  }
  records_.push_back(record);
  slot.client.requests_before += record.requests;
  record.requests = 0;
}

// A client that has ended is replaced while the traffic lasts. A failed one is not, because its
// replacement would probably fail too.
void ClientConnections::end_client(Slot& slot, Failure failure, Nanoseconds at) {
  if (slot.idle) return;
  if (failure == Failure::none && spec_.duration > 0 && may_dial_more()) {
    dialer_.admit(slot);
    return enqueue(slot);
  }
  conversation_.drop_rest(slot, at);
  set_active(active_ - 1);
  settle(at);
}

void ClientConnections::settle(Nanoseconds at) {
  if (active_ == 0) phases_.drained(at);
}

void ClientConnections::set_active(std::size_t count) {
  active_ = count;
  line_.active.store(static_cast<std::uint32_t>(count), std::memory_order_release);
}

}  // namespace c10k
