// The baseline of the echo service.
#pragma once

#include "control/loop.h"

namespace c10k {

/// Closes a socket that doesn't take a whole answer at once.
class ControlEcho {
 public:
  void opened(int) {}

  bool ready(int fd, std::uint32_t events) {
    const bool ending = is_ending(events);
    for (;;) {
      const ssize_t count = ::recv(fd, buffer_, sizeof buffer_, 0);
      if (count < 0 && errno == EAGAIN) return true;
      if (count <= 0 || ::send(fd, buffer_, count, MSG_NOSIGNAL) != count) return false;
      if (count < static_cast<ssize_t>(sizeof buffer_) && !ending) return true;
    }
  }

 private:
  char buffer_[16 * 1024];
};

}  // namespace c10k
