// How loops on other threads are asked to stop: a flag to test, a descriptor to wait on,
// eventfd(2).
#pragma once

#include <poll.h>
#include <sys/eventfd.h>

#include <atomic>

#include "base/clock.h"
#include "base/system_error.h"
#include "base/unique_fd.h"

namespace c10k {

/// Written once, never drained: every loop that watches the descriptor sees it readable for good.
class StopToken {
 public:
  StopToken() : event_(check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {}

  void request() {
    requested_.store(true, std::memory_order_release);
    ::eventfd_write(event_.get(), 1);
  }
  bool requested() const { return requested_.load(std::memory_order_acquire); }
  int fd() const { return event_.get(); }

  /// Waits at most so long; true when a stop was asked for.
  bool wait(Nanoseconds at_most) const {
    pollfd watched{event_.get(), POLLIN, 0};
    const timespec timeout = to_timespec(at_most);
    ::ppoll(&watched, 1, &timeout, nullptr);
    return requested();
  }

 private:
  UniqueFd event_;
  std::atomic<bool> requested_{false};
};

}  // namespace c10k
