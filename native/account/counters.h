// A loop's event counters: one writer thread; other threads may read at any time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/counter.h"

namespace c10k {

/// The only list of counters, with their names in TypeScript. `call_*` count the system calls that
/// serve connections; docs/terminology.md lists those that are not counted.
#define C10K_COUNTS(KIND)             \
  KIND(accepts, "accepts")            \
  KIND(refusals, "refusals")          \
  KIND(closes, "closes")              \
  KIND(requests, "requests")          \
  KIND(refused, "refused")            \
  KIND(bytes_in, "bytesIn")           \
  KIND(bytes_out, "bytesOut")         \
  KIND(events, "events")              \
  KIND(again, "again")                \
  KIND(short_writes, "shortWrites")   \
  KIND(accept_pauses, "acceptPauses") \
  KIND(storage_ns, "storageNs")       \
  KIND(call_accept, "callAccept")     \
  KIND(call_peer, "callPeer")         \
  KIND(call_receive, "callReceive")   \
  KIND(call_send, "callSend")         \
  KIND(call_wait, "callWait")         \
  KIND(call_control, "callControl")   \
  KIND(call_close, "callClose")       \
  KIND(call_shutdown, "callShutdown") \
  KIND(call_thread, "callThread")     \
  KIND(call_storage, "callStorage")

#define C10K_COUNT(kind, name) kind,
enum class Count : std::size_t { C10K_COUNTS(C10K_COUNT) kinds };
#undef C10K_COUNT

inline constexpr std::size_t kCounts = static_cast<std::size_t>(Count::kinds);

#define C10K_COUNT(kind, name) name,
inline constexpr std::array<const char*, kCounts> kCountNames = {C10K_COUNTS(C10K_COUNT)};
#undef C10K_COUNT
#undef C10K_COUNTS

using Totals = std::array<std::uint64_t, kCounts>;

/// The counters of one writer thread.
class Counters {
 public:
  void add(Count kind, std::uint64_t n = 1) { values_[static_cast<std::size_t>(kind)].add(n); }
  /// Corrects a count that was made too early.
  void subtract(Count kind, std::uint64_t n) {
    values_[static_cast<std::size_t>(kind)].subtract(n);
  }

  void add_to(Totals& totals) const {
    for (std::size_t i = 0; i < kCounts; ++i) totals[i] += values_[i].get();
  }

  /// Adds the counts of a writer that has finished.
  void absorb(const Counters& finished) {
    for (std::size_t i = 0; i < kCounts; ++i) values_[i].add(finished.values_[i].get());
  }

 private:
  std::array<Counter, kCounts> values_;
};

}  // namespace c10k
