// The specification of one client process.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/options.h"
#include "load/lifetime.h"
#include "net/address.h"

namespace c10k {

struct LoadSpec {
  Address target;
  /// Source addresses, used in turn; empty: the kernel chooses.
  std::vector<Address> sources;
  /// TCP congestion control, set before connect(); empty: the system's.
  std::string congestion;
  /// Clients that send: each has one connection at a time.
  std::uint32_t connections = 1;
  /// Idle connections: opened first, never send.
  std::uint32_t idle = 0;
  std::uint32_t threads = 1;
  /// The number of this process's first connection among those of all processes; seeds depend on
  /// it.
  std::uint32_t first_connection = 0;
  /// Messages per client; 0: limited only by the duration or the lifetime.
  std::uint64_t repeat = 1;
  /// A client takes a new connection after so many messages; 0: never.
  std::uint64_t per_connection = 0;
  /// How often a client connects again after a failure, until a request is answered.
  std::uint32_t retries = 0;
  /// No client sends before all are connected and go() is called.
  bool barrier = true;
  /// 0: until every client has sent its messages.
  Nanoseconds duration = 0;
  /// The board's gate controls when to send and what is measured.
  bool gated = false;
  /// Length of the traffic before the measured window.
  Nanoseconds warmup = 0;
  /// Open loop: the mean time between a client's messages; 0: closed loop.
  Nanoseconds interval = 0;
  /// Exponentially distributed instead of equal intervals.
  bool poisson = false;
  /// Time limit for a handshake and for each whole answer.
  Nanoseconds timeout = 10 * kSecond;
  /// Time limit for each progress of an outstanding exchange; 0: none.
  Nanoseconds stall = 0;
  Lifetime lifetime;
  /// The name of a protocol in load/protocol/protocols.cc, and its options.
  std::string protocol;
  NamedOptions options;
  /// Exchanges of a protocol that moves payload are recorded.
  bool lists_transfers = false;
  std::uint64_t seed = 1;
  /// Shared memory of a Board for `board_threads` threads; this process's threads use the lines
  /// from `first_thread` on. And an eventfd(2) written after each change of the gate. -1: none.
  int board_fd = -1;
  int gate_fd = -1;
  std::uint32_t board_threads = 0;
  std::uint32_t first_thread = 0;
};

}  // namespace c10k
