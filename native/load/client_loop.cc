#include "load/client_loop.h"

#include <sys/eventfd.h>
#include <sys/prctl.h>

#include <algorithm>

#include "base/system_error.h"
#include "load/exchange.h"

namespace c10k {
namespace {

using State = Slot::State;

/// Falling asleep and waking up takes longer, and what is due would be sent late. Not much more,
/// for a thread that never sleeps is taken off its CPU at some worse time.
constexpr Nanoseconds kTooShortToSleep = 15'000;

/// First messages between two looks at as many events, lest an early echo wait for all of them.
constexpr int kBeginsPerTurn = 64;

}  // namespace

ClientLoop::ClientLoop(const LoadSpec& spec, unsigned thread, const Messages& messages,
                       Conductor& conductor, const Board& board)
    : spec_(spec),
      epoll_(check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
      wake_(check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")),
      slots_(spec, thread),
      active_(slots_.busy()),
      to_begin_(slots_.size()),
      line_(board.line(spec.first_thread + thread)),
      gate_(board.gate(), line_),
      deadlines_(spec.timeout),
      meter_(spec.interval > 0, spec.gated),
      phases_(spec, conductor, meter_, timers_),
      dialer_(spec, thread, slots_.size()),
      conversation_(spec, messages, meter_, timers_, board.gate()) {
  watch(wake_.get(), Timers::kWake);
  if (spec.gate_fd >= 0) watch(spec.gate_fd, Timers::kGate);
  line_.active.store(static_cast<std::uint32_t>(active_), std::memory_order_release);
  const timespec at_once{};
  check(::epoll_pwait2(epoll_.get(), events_.data(), 1, &at_once, nullptr), "epoll_pwait2");
  for (const Slot& slot : slots_) dialer_.enqueue(slot);
}

// Edge-triggered: each write is an event, and nobody has to read the counter.
void ClientLoop::watch(int event_fd, Token token) const {
  epoll_event event{.events = EPOLLIN | EPOLLET, .data = {.u64 = token}};
  check(::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, event_fd, &event), "epoll_ctl");
}

void ClientLoop::wake() const {
  ::eventfd_write(wake_.get(), 1);
}

void ClientLoop::run(Nanoseconds begin) {
  ::prctl(PR_SET_TIMERSLACK, 1);  // or the kernel may send 50 µs late, to save wake-ups
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

// All calls within are inlined: a system call makes the CPU forget where to return to, and each
// return that follows is mispredicted.
[[gnu::flatten]] void ClientLoop::wait() {
  const Nanoseconds next = std::min(timers_.next(), deadlines_.next());
  timespec timeout = to_timespec(std::max<Nanoseconds>(0, next - now_));
  if (may_dial() || is_beginning() || next - now_ < kTooShortToSleep) timeout = {};
  const int most = is_beginning() ? kBeginsPerTurn : static_cast<int>(events_.size());
  const int count = check_wait(
      ::epoll_pwait2(epoll_.get(), events_.data(), most, &timeout, nullptr), "epoll_pwait2");
  for (int i = 0; i < count; ++i) {
    if (i + 1 < count) slots_.prefetch(events_[i + 1].data.u64);
    on_event(events_[i]);
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
    if (phases_.is_window_over(now_)) break;  // nobody is replaced any more
    open(slots_[dialer_.take()]);
  }
  if (dialer_.is_settled()) phases_.connected();
}

void ClientLoop::open(Slot& slot) {
  if (const Failure failure = dialer_.dial(slot, now_); failure != Failure::none)
    return close(slot, failure);
  deadlines_.set(slot);
  epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
                    .data = {.u64 = slot.token()}};
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, slot.fd.get(), &event) != 0)
    close(slot, failure_of(errno));
}

void ClientLoop::on_connecting(Slot& slot, std::uint32_t events) {
  now_ = now();
  if (events & (EPOLLERR | EPOLLHUP)) {
    const Failure failure = connect_result(slot.fd.get());
    return close(slot, failure == Failure::none ? Failure::reset : failure);
  }
  dialer_.hang_up();
  slot.state = State::waiting;
  slot.record.connected = now_;
  slot.record.local = Address::local_of(slot.fd.get());
  progress_.connected.add();
  progress_.open.add();
  const std::uint32_t generation = slot.generation;
  if (events & (EPOLLIN | EPOLLRDHUP))
    receive(slot, true);  // an end at once: this edge won't come again
  if (slot.generation != generation || !phases_.is_released() || slot.idle) return;
  proceed(slot, conversation_.begin(slot, slot.record.opened, now_));
}

// ---- Conversing

void ClientLoop::release(Nanoseconds at) {
  phases_.release(at);
  to_begin_ = 0;
  settle_drain();
}

void ClientLoop::begin_some() {
  for (int i = 0; i < kBeginsPerTurn && is_beginning(); ++i) {
    Slot& slot = slots_[to_begin_++];
    if (slot.idle || slot.state != State::waiting || (slot.free_at != 0 && !slot.held)) continue;
    now_ = now();
    proceed(slot, next_of(slot));
  }
}

Conversation::Next ClientLoop::next_of(Slot& slot) {
  if (gate_.let_go(slot)) return conversation_.resume(slot, gate_.opened(), now_);
  return conversation_.begin(slot, phases_.released_at(), now_);
}

// Tells whether the connection is still open.
bool ClientLoop::proceed(Slot& slot, Conversation::Next next) {
  if (next == Conversation::Next::send) return send(slot);
  if (next == Conversation::Next::wait) return true;
  if (next == Conversation::Next::hold) return hold(slot);
  close(slot, Failure::none);
  return false;
}

bool ClientLoop::hold(Slot& slot) {
  gate_.hold(slot);
  settle_gate();  // the traffic may be over
  return slot.state == State::waiting;
}

bool ClientLoop::send(Slot& slot) {
  const Failure failure = send_rest(slot);
  if (failure != Failure::none) close(slot, failure);
  return failure == Failure::none;
}

// A short read empties the socket, unless the peer's end is known to lie behind it.
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

// Nothing is under way when every connection is held, or waits to be dialed.
void ClientLoop::settle_gate() {
  if (gate_.is_open()) return;
  look_at_gate();
  if (gate_.held() + dialer_.waiting().size() >= active_) gate_.drained();
}

// ---- Ending

void ClientLoop::start_draining() {
  meter_.end(now_);
  conversation_.drain();
  active_ -= static_cast<std::size_t>(std::ranges::count_if(
      dialer_.waiting(), [this](std::uint32_t i) { return !slots_[i].idle; }));
  dialer_.cancel();
  for (Slot& slot : slots_) {
    if (slot.idle) continue;
    conversation_.drop_due(slot, now_);
    if (slot.free_at != 0 && slot.state == State::waiting) close(slot, Failure::none);
  }
  settle_drain();
}

void ClientLoop::settle_drain() {
  if (active_ == 0) phases_.drained(now_);
}

void ClientLoop::close(Slot& slot, Failure failure) {
  ClientRecord& record = slot.record;
  if (slot.state == State::connecting) dialer_.hang_up();
  if (record.connected != 0) progress_.open.subtract();
  if (failure != Failure::none) {
    progress_.failures.add();
    conversation_.lose_message(slot, now_);
  }
  gate_.let_go(slot);
  record.failure = failure;
  record.closed = now_;
  if (!slot.idle && spec_.repeat == 0)
    record.requests_wanted = record.requests + (failure == Failure::none ? 0 : 1);
  records_.push_back(record);
  // What is closed after the measured time must not fill the next trial's ports.
  if (failure == Failure::none && conversation_.is_draining()) end_without_time_wait(slot.fd.get());
  slot.fd.reset();
  slot.state = State::closed;
  ++slot.generation;
  if (slot.idle) return;
  // A closed connection is replaced while the traffic lasts; a failed one is not, lest failures
  // multiply.
  if (failure == Failure::none && spec_.duration > 0 && !conversation_.is_draining() &&
      !phases_.is_aborted()) {
    dialer_.enqueue(slot);
  } else {
    conversation_.drop_rest(slot, now_);
    line_.active.store(static_cast<std::uint32_t>(--active_), std::memory_order_release);
    settle_drain();
  }
  settle_gate();
}

// Idle connections end well here; whatever else is still open was interrupted.
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
  report.records = std::move(records_);
  return report;
}

}  // namespace c10k
