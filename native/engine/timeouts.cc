#include "engine/timeouts.h"

#include <sys/socket.h>
#include <sys/time.h>

namespace c10k {

void limit_waits(int fd, Timeouts timeouts) {
  const auto set = [fd](int option, Nanoseconds limit) {
    if (limit == 0) return;
    const timeval value{limit / kSecond, std::max<suseconds_t>(limit % kSecond / 1000, 1)};
    ::setsockopt(fd, SOL_SOCKET, option, &value, sizeof value);
  };
  set(SO_RCVTIMEO, timeouts.idle);
  set(SO_SNDTIMEO, timeouts.write);
}

}  // namespace c10k
