// The counters and records of a forking server's children, in memory that they share with their
// parent and with the process that observes them.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "account/ledger.h"
#include "base/mapping.h"

namespace c10k {

class SharedTable {
 public:
  /// More than the processes that a machine runs. Unused slots take no memory.
  static constexpr std::uint32_t kSlots = 1 << 18;

  /// Written by one process at a time: the parent until it forks a child and after the child's end,
  /// the child in between. A slot is reused; its counters go on, so that the sum over all slots is
  /// the total of all children.
  struct alignas(64) Slot {
    Counters counters;
    ConnectionRecord record;
    /// The child has written its record.
    std::atomic<bool> complete{false};
  };

  /// The transfers in their file: written by all children and by the process that reads them.
  struct TransferCounts {
    std::atomic<std::uint64_t> written{0};
    std::atomic<std::uint64_t> taken{0};
    std::atomic<std::uint64_t> unrecorded{0};
  };

  /// Written by the parent.
  struct alignas(64) Head {
    Counters counters;
    /// Of the children that have ended.
    Counter voluntary_switches;
    Counter involuntary_switches;
    /// The number of slots that were ever used.
    std::atomic<std::uint32_t> used{0};
    alignas(64) TransferCounts transfers;
  };

  static constexpr std::size_t bytes() { return sizeof(Head) + kSlots * sizeof(Slot); }

  /// `fd`: of zeroed shared memory with this size.
  explicit SharedTable(int fd) : memory_(Mapping::sparse(bytes(), fd)) {}

  Head& head() const { return *memory_.at<Head>(0); }
  Slot& slot(std::uint32_t index) const {
    return *memory_.at<Slot>(sizeof(Head) + index * sizeof(Slot));
  }

  Totals totals() const {
    Totals totals{};
    head().counters.add_to(totals);
    const std::uint32_t used = head().used.load(std::memory_order_acquire);
    for (std::uint32_t i = 0; i < used; ++i) slot(i).counters.add_to(totals);
    return totals;
  }

 private:
  Mapping memory_;
};

}  // namespace c10k
