// What one client process is asked to do.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "load/lifetime.h"
#include "net/address.h"

namespace c10k {

struct LoadSpec {
  Address target;
  /// Source addresses, taken in turn; none: the kernel's choice.
  std::vector<Address> sources;
  std::uint32_t connections = 1;
  /// Opened first, never sending.
  std::uint32_t idle = 0;
  std::uint32_t threads = 1;
  /// The number of this process's first connection among all processes': seeds differ with it.
  std::uint32_t first_connection = 0;
  /// Messages per connection; 0: as many as the duration or the lifetime allow.
  std::uint64_t repeat = 1;
  /// Nobody sends before all are open and go() was called.
  bool barrier = true;
  /// 0: until every connection has sent its messages.
  Nanoseconds duration = 0;
  /// The gate on the board says when to send and what is measured, until it is over.
  bool gated = false;
  /// Before the measured window, within the traffic.
  Nanoseconds warmup = 0;
  /// Open loop: the mean time between a connection's messages; 0: closed loop.
  Nanoseconds interval = 0;
  /// Exponential instead of equal times between them.
  bool poisson = false;
  /// For a connection to be made, and for each answer.
  Nanoseconds timeout = 10 * kSecond;
  Lifetime lifetime;
  /// One text for all messages, or sizes.
  std::string text;
  std::size_t size_low = 0;
  std::size_t size_high = 0;
  std::uint64_t seed = 1;
  /// Shared memory for a Board of `board_threads`, of which this process's threads have the lines
  /// from `first_thread` on; and an eventfd(2) that is written when the gate was set. -1: none.
  int board_fd = -1;
  int gate_fd = -1;
  std::uint32_t board_threads = 0;
  std::uint32_t first_thread = 0;
};

}  // namespace c10k
