// Stop requests to loops on other threads: a flag to test and a descriptor to wait on, eventfd(2).
#pragma once

#include <poll.h>
#include <sys/eventfd.h>

#include <atomic>

#include "base/clock.h"
#include "base/system_error.h"
#include "base/unique_fd.h"

namespace c10k {

/// A stop request as seen by one thread: the descriptor number depends on the thread's descriptor
/// table. Valid as long as its StopSource.
class StopToken {
 public:
  StopToken(const std::atomic<bool>& requested, int fd) : requested_(&requested), fd_(fd) {}

  bool requested() const { return requested_->load(std::memory_order_acquire); }
  int fd() const { return fd_; }

  /// Waits at most this long; true if a stop was requested.
  bool wait(Nanoseconds at_most) const {
    pollfd watched{fd_, POLLIN, 0};
    const timespec timeout = to_timespec(at_most);
    ::ppoll(&watched, 1, &timeout, nullptr);
    return requested();
  }

 private:
  const std::atomic<bool>* requested_;
  int fd_;
};

/// Written once and never drained: the descriptor stays readable for every loop that watches it.
class StopSource {
 public:
  StopSource() : event_(check(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd")) {}

  void request() {
    requested_.store(true, std::memory_order_release);
    ::eventfd_write(event_.get(), 1);
  }
  int fd() const { return event_.get(); }
  /// `fd`: the number of fd() in the table of the thread that uses the token.
  StopToken token(int fd) const { return {requested_, fd}; }

 private:
  UniqueFd event_;
  std::atomic<bool> requested_{false};
};

}  // namespace c10k
