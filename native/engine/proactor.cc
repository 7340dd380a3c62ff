#include "engine/proactor.h"

#include "base/system_error.h"
#include "engine/proactor_connections.h"

namespace c10k {
namespace {

/// The state of one serve() of a proactor.
class Loop {
 public:
  Loop(Listener listener, Service& service, Ledger& ledger, Timeouts timeouts, RingChoices choices,
       ProactorSizes sizes)
      : listener_(listener),
        counters_(ledger.counters),
        ring_(sizes.ring, choices),
        connections_(ring_, sizes.buffers, service, ledger, timeouts) {}

  void run(const StopToken& stop) {
    await_readable(ring_.prepare(), stop.fd());
    accept_more();
    try {
      while (!stop.requested()) {
        const std::size_t live = connections_.live();
        turn(timeout());
        connections_.close_expired();
        if (shortage_ && (connections_.live() < live || now() >= retry_at_)) accept_more();
      }
    } catch (...) {
      finish();  // the kernel may still write to our buffers
      throw;
    }
    finish();
  }

 private:
  Nanoseconds timeout() const {
    if (connections_.is_resumable()) return 0;
    return connections_.shorten(shortage_ ? kShortagePause : Ring::kForever);
  }

  void turn(Nanoseconds timeout) {
    ring_.enter(timeout);
    counters_.add(Count::call_wait, ring_.take_calls());
    const bool settled = ring_.is_settled();
    const unsigned last = ring_.last();
    note_failed_sends(last);
    if (settled) connections_.finish_sends();
    counters_.add(Count::events, last - dispatched_);
    dispatch(last);
    connections_.publish_buffers();
  }

  // A completion is marked as seen before it is processed, here and in dispatch(). If processing
  // throws, finish() continues with the next one.
  void note_failed_sends(unsigned last) {
    while (seen_sends_ != last) {
      const io_uring_cqe& completion = ring_.completion(seen_sends_++);
      if (Tag::operation(completion.user_data) == Operation::send)
        connections_.note_failed_send(completion);
    }
  }

  void dispatch(unsigned last) {
    while (dispatched_ != last) on_completion(ring_.completion(dispatched_++));
    ring_.retire(last);
  }

  void on_completion(const io_uring_cqe& completion) {
    switch (Tag::operation(completion.user_data)) {
      case Operation::receive:
        return connections_.on_receive(completion);
      case Operation::awaited_send:
        return connections_.on_awaited_send(completion);
      case Operation::room:
        return connections_.on_room(completion);
      case Operation::accept:
        return on_accept(completion);
      default:
        return;
    }
  }

  void on_accept(const io_uring_cqe& completion) {
    const int result = completion.res;
    UniqueFd fd(result);
    accepting_ = (completion.flags & IORING_CQE_F_MORE) != 0;
    if (fd && !stopping_) connections_.open(std::move(fd));
    if (accepting_ || stopping_) return;
    if (result < 0 && Listener::is_shortage(-result)) return pause_accepting();
    if (result < 0 && !Listener::is_transient(-result) && result != -EAGAIN)
      throw SystemError(-result, "accept");
    accept_more();
  }

  void accept_more() {
    accept_all(ring_.prepare(), listener_.fd());
    accepting_ = true;
    shortage_ = false;
  }

  void pause_accepting() {
    shortage_ = true;
    retry_at_ = now() + kShortagePause;
    counters_.add(Count::accept_pauses);
  }

  void finish() {
    stopping_ = true;
    cancel_everything(ring_.prepare());
    connections_.stop();
    while (accepting_ || connections_.live() > 0) turn(Ring::kForever);
    turn(0);  // submits the last closes
  }

  const Listener listener_;
  Counters& counters_;
  Ring ring_;
  ProactorConnections connections_;
  /// note_failed_sends() has processed the completions before this number.
  unsigned seen_sends_ = ring_.first();
  /// dispatch() has processed the completions before this number.
  unsigned dispatched_ = ring_.first();
  bool accepting_ = false;
  bool shortage_ = false;
  bool stopping_ = false;
  Nanoseconds retry_at_ = 0;
};

class Proactor final : public Engine {
 public:
  Proactor(RingChoices choices, ProactorSizes sizes) : choices_(choices), sizes_(sizes) {}

  // On a non-blocking descriptor, operations would fail with EAGAIN instead of waiting.
  void serve(const Listener& listener, Service& service, Ledger& ledger, const StopToken& stop,
             Timeouts timeouts) override {
    listener.set_blocking(true);
    std::make_unique<Loop>(listener, service, ledger, timeouts, choices_, sizes_)->run(stop);
  }

 private:
  const RingChoices choices_;
  const ProactorSizes sizes_;
};

}  // namespace

std::unique_ptr<Engine> make_proactor(RingChoices choices, ProactorSizes sizes) {
  return std::make_unique<Proactor>(choices, sizes);
}

}  // namespace c10k
