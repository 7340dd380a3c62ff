// The wait of a client thread: edge-triggered epoll(7) with a time-out in nanoseconds, and an
// eventfd(2) by which another thread ends the wait.
#pragma once

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <array>

#include "base/clock.h"
#include "base/slot_id.h"
#include "base/system_error.h"
#include "base/unique_fd.h"

namespace c10k {

class Poller {
 public:
  static constexpr int kMaxEvents = 512;

  /// `wake_token`: the token of the event that wake() causes.
  explicit Poller(Token wake_token)
      : epoll_(check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")),
        wake_(check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {
    watch(wake_.get(), wake_token);
  }

  /// Edge-triggered: each write is an event, so the counter need not be read.
  void watch(int event_fd, Token token) const {
    check(add(event_fd, EPOLLIN | EPOLLET, token), "epoll_ctl");
  }
  /// False if the kernel has no memory to watch it; sets errno.
  bool watch_socket(int fd, Token token) const {
    return add(fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, token) == 0;
  }
  /// Callable from any thread.
  void wake() const { ::eventfd_write(wake_.get(), 1); }

  /// The number of events, at most `most`.
  int wait(Nanoseconds at_most, int most) {
    const timespec timeout = to_timespec(at_most < kTooShortToSleep ? 0 : at_most);
    return check_wait(::epoll_pwait2(epoll_.get(), events_.data(), most, &timeout, nullptr),
                      "epoll_pwait2");
  }
  const epoll_event& event(int i) const { return events_[static_cast<std::size_t>(i)]; }

 private:
  /// Below this the thread polls instead of sleeping: falling asleep and waking up takes longer, so
  /// messages would be sent late. Not much higher, because the scheduler preempts a thread that
  /// never sleeps, possibly at a worse time.
  static constexpr Nanoseconds kTooShortToSleep = 15'000;

  int add(int fd, std::uint32_t events, Token token) const {
    epoll_event event{.events = events, .data = {.u64 = token}};
    return ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
  }

  const UniqueFd epoll_;
  const UniqueFd wake_;
  std::array<epoll_event, kMaxEvents> events_;
};

}  // namespace c10k
