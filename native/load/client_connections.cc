#include "load/client_connections.h"

#include <algorithm>

namespace c10k {

ClientConnections::ClientConnections(const LoadSpec& spec, unsigned thread, Slots& slots,
                                     Board::Line& line, Conversation& conversation, Phases& phases)
    : spec_(spec),
      slots_(slots),
      line_(line),
      conversation_(conversation),
      phases_(phases),
      dialer_(spec, thread, slots.size()) {
  set_active(slots.busy());
  for (const Slot& slot : slots) dialer_.enqueue(slot);
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
  slot.state = Slot::State::waiting;
  slot.record.connected = at;
  slot.record.local = Address::local_of(slot.fd.get());
  progress_.connected.add();
  progress_.open.add();
  return Failure::none;
}

void ClientConnections::close(Slot& slot, Failure failure, Nanoseconds at) {
  if (slot.state == Slot::State::connecting) dialer_.end_handshake();
  if (slot.record.connected != 0) progress_.open.subtract();
  if (failure != Failure::none) {
    progress_.failures.add();
    conversation_.lose_message(slot, at);
  }
  enter_row(slot, failure, at);
  // Connections closed after the measured window must not occupy the next trial's ports.
  if (failure == Failure::none && conversation_.is_draining()) end_without_time_wait(slot.fd.get());
  slot.fd.reset();
  slot.state = Slot::State::closed;
  ++slot.generation;
  if (slot.idle) return;
  if (is_replaced(failure)) return dialer_.enqueue(slot);
  conversation_.drop_rest(slot, at);
  set_active(active_ - 1);
  settle(at);
}

// A closed connection is replaced while the traffic lasts. A failed one is not, because its
// replacement would probably fail too.
bool ClientConnections::is_replaced(Failure failure) const {
  return failure == Failure::none && spec_.duration > 0 && !conversation_.is_draining() &&
         !phases_.is_aborted();
}

void ClientConnections::settle(Nanoseconds at) {
  if (active_ == 0) phases_.drained(at);
}

void ClientConnections::enter_row(Slot& slot, Failure failure, Nanoseconds at) {
  ClientRecord& record = slot.record;
  record.failure = failure;
  record.closed = at;
  if (!slot.idle && spec_.repeat == 0)
    record.requests_wanted = record.requests + (failure == Failure::none ? 0 : 1);
  records_.push_back(record);
}

void ClientConnections::cancel_dialing() {
  const auto cancelled = std::ranges::count_if(
      dialer_.waiting(), [this](std::uint32_t index) { return !slots_[index].idle; });
  dialer_.cancel();
  set_active(active_ - static_cast<std::size_t>(cancelled));
}

void ClientConnections::set_active(std::size_t count) {
  active_ = count;
  line_.active.store(static_cast<std::uint32_t>(count), std::memory_order_release);
}

}  // namespace c10k
