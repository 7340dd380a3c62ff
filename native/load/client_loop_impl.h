// Member functions of ClientLoop, included by the file that instantiates it for each protocol.
#pragma once

#include <sys/prctl.h>

#include <algorithm>

#include "load/client_loop.h"
#include "load/client_loop_traffic.h"

namespace c10k {

template <ClientProtocol Protocol>
ClientLoop<Protocol>::ClientLoop(const LoadSpec& spec, unsigned thread,
                                 std::shared_ptr<const Protocol> protocol, Conductor& conductor,
                                 const Board& board)
    : spec_(spec),
      slots_(spec, thread),
      to_begin_(slots_.size()),
      line_(board.line(spec.first_thread + thread)),
      gate_(board.gate(), line_),
      deadlines_(spec.timeout, spec.stall),
      meter_(spec.interval > 0, spec.gated),
      phases_(spec, conductor, meter_, timers_),
      conversation_(spec, meter_, timers_, board.gate()),
      connections_(spec, thread, slots_.size(), line_, conversation_, phases_, timers_),
      transfers_(kMostTransfers / spec.threads),
      exchanges_(std::move(protocol), meter_, line_, spec.lists_transfers ? &transfers_ : nullptr) {
  for (Client& slot : slots_) connections_.admit(slot);
  if (spec.gate_fd >= 0) poller_.watch(spec.gate_fd, Timers::kGate);
  poller_.wait(0, 1);  // throws if the kernel lacks epoll_pwait2(2)
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::run(Nanoseconds begin) {
  ::prctl(PR_SET_TIMERSLACK, 1);  // the default slack delays sends by up to 50 µs
  const timespec at = to_timespec(begin);
  ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, nullptr);
  now_ = now();
  if (!spec_.barrier) release(begin);
  while (!phases_.is_over()) {
    open_some();
    begin_some();
    wait();
    on_timers();
  }
  close_all();
}

// All callees are inlined: a system call clears the CPU's return predictions, so that each return
// after it would be mispredicted.
template <ClientProtocol Protocol>
[[gnu::flatten]] void ClientLoop<Protocol>::wait() {
  const Nanoseconds next = std::min(timers_.next(), deadlines_.next());
  const bool is_busy = may_dial() || is_beginning() || !unfinished_.empty();
  const int count =
      poller_.wait(is_busy ? 0 : next - now_, is_beginning() ? kBeginsPerTurn : Poller::kMaxEvents);
  for (int i = 0; i < count; ++i) {
    if (i + 1 < count) slots_.prefetch(poller_.event(i + 1).data.u64);
    on_event(poller_.event(i));
  }
  if (!unfinished_.empty()) continue_turns();
  now_ = now();
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::on_event(const epoll_event& event) {
  if (event.data.u64 == Timers::kWake) return phases_.look_for_release();
  if (event.data.u64 == Timers::kGate) return look_at_gate();
  Client* slot = slots_.find(event.data.u64);
  if (slot == nullptr) return;
  if (slot->state == Slot::State::connecting) return on_connecting(*slot, event.events);
  if (slot->pending != 0)
    slot->pending |= event.events;
  else
    on_traffic(*slot, event.events);
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::on_timers() {
  while (timers_.next() <= now_) {
    on_timer(timers_.take());
    now_ = now();
  }
  deadlines_.expire(slots_, now_, [this](Slot& slot, Failure failure) { close(slot, failure); });
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::on_timer(Token token) {
  switch (token) {
    case Timers::kRelease:
      return release(phases_.due_release());
    case Timers::kWindowStart:
      return meter_.start();
    case Timers::kSecondPassed:
      return phases_.second_passed();
    case Timers::kDeadline:
      return start_draining();
    default:
      Client* slot = slots_.find(token);
      if (slot == nullptr) return;
      if (slot->state == Slot::State::absent) return connections_.dial_again(*slot, now_);
      if (slot->state == Slot::State::waiting && !slot->held)
        proceed(*slot, conversation_.advance(*slot, now_));
  }
}

// ---- Connecting

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::open_some() {
  for (int i = 0; i < Dialer::kPerTurn && may_dial(); ++i) {
    now_ = now();
    if (phases_.is_window_over(now_)) break;  // no more connections
    Slot& slot = connections_.take();
    if (const Failure failure = connections_.dial(slot, poller_, now_); failure != Failure::none)
      close(slot, failure);
    else
      deadlines_.set(slot);
  }
  if (connections_.is_settled()) phases_.connected();
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::on_connecting(Client& slot, std::uint32_t events) {
  now_ = now();
  if (const Failure failure = connections_.connected(slot, events, now_); failure != Failure::none)
    return close(slot, failure);
  const std::uint32_t generation = slot.generation;
  // Edge-triggered: a FIN that came with the connection is reported only now.
  if (events & (EPOLLIN | EPOLLRDHUP)) receive(slot, true);
  if (slot.generation != generation || !phases_.is_released() || slot.idle) return;
  proceed(slot, conversation_.begin(slot, slot.record.opened, now_));
}

// ---- The gate

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::look_at_gate() {
  now_ = now();
  switch (gate_.look(meter_, now_)) {
    case SliceGate::Turn::none:
      return;
    case SliceGate::Turn::begin:
      to_begin_ = 0;
      return;
    case SliceGate::Turn::shut:
      return settle_gate();
    case SliceGate::Turn::over:
      return start_draining();
  }
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::settle_gate() {
  if (gate_.is_open()) return;
  look_at_gate();
  if (connections_.are_quiescent(gate_.held())) gate_.drained();
}

// ---- Ending

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::start_draining() {
  meter_.end(now_);
  conversation_.drain();
  connections_.cancel_dialing();
  for (Client& slot : slots_) {
    if (slot.idle) continue;
    conversation_.drop_due(slot, now_);
    if (slot.state == Slot::State::absent) connections_.cancel(slot);
    if (slot.record.free_at != 0 && slot.state == Slot::State::waiting) close(slot, Failure::none);
  }
  connections_.settle(now_);
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::close(Slot& slot, Failure failure) {
  gate_.release(slot);
  if (slot.state == Slot::State::conversing)
    exchanges_.end(static_cast<const Client&>(slot), failure, now_);
  connections_.close(slot, failure, now_);
  if (!slot.idle) settle_gate();
}

template <ClientProtocol Protocol>
void ClientLoop<Protocol>::reconnect(Slot& slot) {
  connections_.reconnect(slot, now_);
  settle_gate();
}

// Idle connections end normally; any other open connection is recorded as interrupted.
template <ClientProtocol Protocol>
void ClientLoop<Protocol>::close_all() {
  conversation_.drain();
  now_ = now();
  meter_.end(now_);  // an interrupted message was unanswered until now, not until the planned end
  for (Client& slot : slots_)
    if (slot.fd) close(slot, slot.idle ? Failure::none : Failure::interrupted);
  phases_.abandon(now_);
}

template <ClientProtocol Protocol>
ThreadReport ClientLoop<Protocol>::take_report() {
  ThreadReport report;
  meter_.fill(report);
  report.records = connections_.take_records();
  report.transfers = transfers_.take();
  return report;
}

}  // namespace c10k
