#include "load/client_loop.h"

#include <sys/prctl.h>

#include <algorithm>

#include "load/exchange.h"

namespace c10k {
namespace {

using State = Slot::State;

/// The maximum of first messages per turn, so that early echoes are received before all are sent.
constexpr int kBeginsPerTurn = 64;

}  // namespace

ClientLoop::ClientLoop(const LoadSpec& spec, unsigned thread, const Messages& messages,
                       Conductor& conductor, const Board& board)
    : spec_(spec),
      slots_(spec, thread),
      to_begin_(slots_.size()),
      line_(board.line(spec.first_thread + thread)),
      gate_(board.gate(), line_),
      deadlines_(spec.timeout),
      meter_(spec.interval > 0, spec.gated),
      phases_(spec, conductor, meter_, timers_),
      conversation_(spec, messages, meter_, timers_, board.gate()),
      connections_(spec, thread, slots_, line_, conversation_, phases_) {
  if (spec.gate_fd >= 0) poller_.watch(spec.gate_fd, Timers::kGate);
  poller_.wait(0, 1);  // throws if the kernel lacks epoll_pwait2(2)
}

void ClientLoop::run(Nanoseconds begin) {
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
[[gnu::flatten]] void ClientLoop::wait() {
  const Nanoseconds next = std::min(timers_.next(), deadlines_.next());
  const Nanoseconds rest = may_dial() || is_beginning() ? 0 : next - now_;
  const int count = poller_.wait(rest, is_beginning() ? kBeginsPerTurn : Poller::kMaxEvents);
  for (int i = 0; i < count; ++i) {
    if (i + 1 < count) slots_.prefetch(poller_.event(i + 1).data.u64);
    on_event(poller_.event(i));
  }
  now_ = now();
}

void ClientLoop::on_event(const epoll_event& event) {
  if (event.data.u64 == Timers::kWake) return phases_.look_for_release();
  if (event.data.u64 == Timers::kGate) return look_at_gate();
  Slot* slot = slots_.find(event.data.u64);
  if (slot == nullptr) return;
  if (slot->state == State::connecting) return on_connecting(*slot, event.events);
  constexpr std::uint32_t hangup = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
  if (slot->sent < slot->message.size() && (event.events & EPOLLOUT) && !send(*slot)) return;
  if (event.events & (EPOLLIN | hangup)) receive(*slot, (event.events & hangup) != 0);
}

void ClientLoop::on_timers() {
  while (timers_.next() <= now_) {
    on_timer(timers_.take());
    now_ = now();
  }
  deadlines_.expire(slots_, now_, [this](Slot& slot) { close(slot, Failure::timed_out); });
}

void ClientLoop::on_timer(Token token) {
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
      Slot* slot = slots_.find(token);
      if (slot != nullptr && slot->state == State::waiting && !slot->held)
        proceed(*slot, conversation_.advance(*slot, now_));
  }
}

// ---- Connecting

void ClientLoop::open_some() {
  for (int i = 0; i < Dialer::kPerTurn && may_dial(); ++i) {
    now_ = now();
    if (phases_.is_window_over(now_)) break;  // no more replacements
    Slot& slot = connections_.take();
    if (const Failure failure = connections_.dial(slot, poller_, now_); failure != Failure::none)
      close(slot, failure);
    else
      deadlines_.set(slot);
  }
  if (connections_.is_settled()) phases_.connected();
}

void ClientLoop::on_connecting(Slot& slot, std::uint32_t events) {
  now_ = now();
  if (const Failure failure = connections_.connected(slot, events, now_); failure != Failure::none)
    return close(slot, failure);
  const std::uint32_t generation = slot.generation;
  // Edge-triggered: a FIN that came with the connection is reported only now.
  if (events & (EPOLLIN | EPOLLRDHUP)) receive(slot, true);
  if (slot.generation != generation || !phases_.is_released() || slot.idle) return;
  proceed(slot, conversation_.begin(slot, slot.record.opened, now_));
}

// ---- Traffic

void ClientLoop::release(Nanoseconds at) {
  phases_.release(at);
  to_begin_ = 0;
  connections_.settle(now_);
}

void ClientLoop::begin_some() {
  for (int i = 0; i < kBeginsPerTurn && is_beginning(); ++i) {
    Slot& slot = slots_[to_begin_++];
    if (slot.idle || slot.state != State::waiting || (slot.free_at != 0 && !slot.held)) continue;
    now_ = now();
    proceed(slot, gate_.release(slot) ? conversation_.resume(slot, gate_.opened(), now_)
                                      : conversation_.begin(slot, phases_.released_at(), now_));
  }
}

// Returns whether the connection is still open.
bool ClientLoop::proceed(Slot& slot, Conversation::Next next) {
  if (next == Conversation::Next::send) return send(slot);
  if (next == Conversation::Next::wait) return true;
  if (next == Conversation::Next::hold) return hold(slot);
  close(slot, Failure::none);
  return false;
}

bool ClientLoop::hold(Slot& slot) {
  gate_.hold(slot);
  settle_gate();  // may close the connection if the traffic is over
  return slot.state == State::waiting;
}

bool ClientLoop::send(Slot& slot) {
  const Failure failure = send_rest(slot);
  if (failure != Failure::none) close(slot, failure);
  return failure == Failure::none;
}

// A short read means that the socket is empty, unless a hangup was reported.
void ClientLoop::receive(Slot& slot, bool hangup) {
  for (;;) {
    const std::size_t before = slot.record.bytes_received;
    const Received received = receive_echo(slot, buffer_);
    if (received.echo == Echo::failed) {
      now_ = now();
      return close(slot, received.failure);
    }
    if (received.echo == Echo::more) continue;
    if (received.echo == Echo::complete) {
      now_ = now();
      line_.answered.add();
      if (!proceed(slot, conversation_.answered(slot, now_))) return;
    }
    if (!hangup || slot.record.bytes_received == before) return;
  }
}

// ---- The gate

void ClientLoop::look_at_gate() {
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

void ClientLoop::settle_gate() {
  if (gate_.is_open()) return;
  look_at_gate();
  if (connections_.are_quiescent(gate_.held())) gate_.drained();
}

// ---- Ending

void ClientLoop::start_draining() {
  meter_.end(now_);
  conversation_.drain();
  connections_.cancel_dialing();
  for (Slot& slot : slots_) {
    if (slot.idle) continue;
    conversation_.drop_due(slot, now_);
    if (slot.free_at != 0 && slot.state == State::waiting) close(slot, Failure::none);
  }
  connections_.settle(now_);
}

void ClientLoop::close(Slot& slot, Failure failure) {
  gate_.release(slot);
  connections_.close(slot, failure, now_);
  if (!slot.idle) settle_gate();
}

// Idle connections end normally; any other open connection is recorded as interrupted.
void ClientLoop::close_all() {
  conversation_.drain();
  now_ = now();
  for (Slot& slot : slots_)
    if (slot.state != State::closed) close(slot, slot.idle ? Failure::none : Failure::interrupted);
  phases_.abandon(now_);
}

ThreadReport ClientLoop::take_report() {
  ThreadReport report;
  meter_.fill(report);
  report.records = connections_.take_records();
  return report;
}

}  // namespace c10k
