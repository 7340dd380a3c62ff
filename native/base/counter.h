// A counter with one writer thread and any number of reader threads.
#pragma once

#include <atomic>
#include <cstdint>

namespace c10k {

/// Relaxed loads and stores compile to plain moves, without a locked instruction per count.
class Counter {
 public:
  void add(std::uint64_t n = 1) { set(get() + n); }
  /// Corrects a count that was made too early.
  void subtract(std::uint64_t n = 1) { set(get() - n); }
  std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

 private:
  void set(std::uint64_t value) { value_.store(value, std::memory_order_relaxed); }

  std::atomic<std::uint64_t> value_{0};

  static_assert(std::atomic<std::uint64_t>::is_always_lock_free);  // also in shared memory
};

}  // namespace c10k
