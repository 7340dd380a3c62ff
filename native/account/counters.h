// What a loop counts: one writer, read from outside while it runs.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace c10k {

/// The kinds, in the order of kCountNames. `call_*` are system calls that serve
/// connections: docs/terminology.md says which are left out.
enum class Count : std::size_t {
  accepts,
  refusals,
  closes,
  requests,
  bytes_in,
  bytes_out,
  events,
  again,
  short_writes,
  accept_pauses,
  call_accept,
  call_peer,
  call_receive,
  call_send,
  call_wait,
  call_control,
  call_close,
  call_shutdown,
  call_thread,
  kinds
};

inline constexpr std::size_t kCounts = static_cast<std::size_t>(Count::kinds);

inline constexpr std::array<const char*, kCounts> kCountNames = {
    "accepts",     "refusals",  "closes",       "requests",    "bytesIn",
    "bytesOut",    "events",    "again",        "shortWrites", "acceptPauses",
    "callAccept",  "callPeer",  "callReceive",  "callSend",    "callWait",
    "callControl", "callClose", "callShutdown", "callThread"};

using Totals = std::array<std::uint64_t, kCounts>;

/// Counts of one writer. Relaxed loads and stores compile to plain moves: no bus lock per count.
class Counters {
 public:
  void add(Count kind, std::uint64_t n = 1) {
    auto& value = values_[static_cast<std::size_t>(kind)];
    value.store(value.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }

  void add_to(Totals& totals) const {
    for (std::size_t i = 0; i < kCounts; ++i)
      totals[i] += values_[i].load(std::memory_order_relaxed);
  }

  /// Folds the counts of a writer that has finished into these.
  void absorb(const Counters& finished) {
    for (std::size_t i = 0; i < kCounts; ++i)
      add(static_cast<Count>(i), finished.values_[i].load(std::memory_order_relaxed));
  }

 private:
  std::array<std::atomic<std::uint64_t>, kCounts> values_{};
};

}  // namespace c10k
