// The client's results: a row per connection or transfer, and latencies per second.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <vector>

#include "account/histogram.h"
#include "account/transfers.h"
#include "base/clock.h"
#include "net/address.h"

namespace c10k {

enum class Failure : std::uint8_t {
  none,
  refused,
  reset,
  timed_out,
  closed_early,  // the peer ended the connection with an answer outstanding
  corrupt,       // the answer differs from the request
  no_port,
  no_descriptor,
  unreachable,
  interrupted,
  rejected,  // the answer refuses the request
  stalled,   // an outstanding exchange made no progress for too long
  other
};
inline constexpr const char* kFailureNames[] = {
    "",         "refused", "reset",         "timed out",   "short",
    "corrupt",  "no port", "no descriptor", "unreachable", "interrupted",
    "rejected", "stalled", "other"};

struct ClientRecord {
  Address local;
  /// Its client's number among those of all processes.
  std::uint64_t client = 0;
  Failure failure = Failure::none;
  bool idle = false;
  bool retried = false;       // it has failed, and its client continues on another connection
  Nanoseconds opened = 0;     // when connect() was called
  Nanoseconds connected = 0;  // 0: never
  Nanoseconds free_at = 0;  // since when it may send: the barrier's opening, or connect(); 0: never
  Nanoseconds closed = 0;
  Nanoseconds first_answer = 0;  // since `free_at`; 0: none
  Nanoseconds lifetime = 0;      // its client's, as specified
  std::uint64_t requests_wanted = 0;
  std::uint64_t requests = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t payload = 0;  // moved in either direction
  Nanoseconds service_sum = 0;
  Nanoseconds service_min = 0;
  Nanoseconds service_max = 0;

  void answered(Nanoseconds service) {
    service_min = requests++ == 0 ? service : std::min(service_min, service);
    service_max = std::max(service_max, service);
    service_sum += service;
  }
};

/// An exchange that moves payload, where such are few and large.
struct ClientTransfer {
  Address local;
  /// On its connection, from 1.
  std::uint32_t number = 0;
  Nanoseconds opened = 0;        // its connection's
  Nanoseconds due = 0;           // in a closed loop, when the client was free to send
  Nanoseconds sent = 0;          // when its first byte was sent
  Nanoseconds first_answer = 0;  // when the first byte of the answer was received; 0: never
  Nanoseconds ended = 0;
  std::uint64_t bytes = 0;  // of payload, moved in either direction
  OperationName operation;
  Failure failure = Failure::none;
};

/// CPU time and context switches of the calling thread. getrusage(2) separates user from system
/// time but omits the time since the last tick; CLOCK_THREAD_CPUTIME_ID has the exact total.
struct Usage {
  Nanoseconds all = 0;
  Nanoseconds user = 0;
  Nanoseconds system = 0;
  std::int64_t voluntary = 0;
  std::int64_t involuntary = 0;

  static Usage of_thread() {
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    const auto ns = [](timeval t) { return t.tv_sec * kSecond + t.tv_usec * 1000; };
    return {read_clock(CLOCK_THREAD_CPUTIME_ID), ns(usage.ru_utime), ns(usage.ru_stime),
            usage.ru_nvcsw, usage.ru_nivcsw};
  }
  Usage& operator+=(const Usage& other) {
    all += other.all;
    user += other.user;
    system += other.system;
    voluntary += other.voluntary;
    involuntary += other.involuntary;
    return *this;
  }
  Usage operator-(const Usage& earlier) const {
    const Nanoseconds whole = all - earlier.all;
    const auto ticks = static_cast<double>(user + system - earlier.user - earlier.system);
    const double share = ticks > 0 ? static_cast<double>(user - earlier.user) / ticks : 0;
    const auto own = static_cast<Nanoseconds>(share * static_cast<double>(whole));
    return {whole, own, whole - own, voluntary - earlier.voluntary,
            involuntary - earlier.involuntary};
  }
};

/// One thread's measured window: requests answered and payload moved within it, and CPU time used.
/// With a gate it spans the first to the last slice, and only time within slices counts.
struct Window {
  /// When second 0 of the latencies began; 0: there was no traffic.
  Nanoseconds seconds_start = 0;
  Nanoseconds start = 0;
  Nanoseconds end = 0;
  std::uint64_t requests = 0;
  /// Bytes moved, if the protocol's unit of work is bytes.
  std::uint64_t payload = 0;
  /// Open loop: of the messages due in the window.
  std::uint64_t sent = 0;
  std::uint64_t late = 0;
  std::uint64_t dropped = 0;
  Usage usage = {};
  /// The time over which `usage` was counted.
  Nanoseconds observed = 0;
};

struct Interval {
  std::uint32_t second = 0;
  SparseHistogram service;   // since the send
  SparseHistogram response;  // since the due time; open loop only
};

struct ThreadReport {
  std::deque<ClientRecord> records;  // a deque: growing copies no rows during the measurement
  TakenRows<ClientTransfer> transfers;
  std::vector<Interval> intervals;
  Window window;
};

}  // namespace c10k
