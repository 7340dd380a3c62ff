// What a server knows of the connections it served: a row each, and the counters of a loop.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "account/counters.h"
#include "base/clock.h"
#include "net/address.h"

namespace c10k {

enum class CloseReason : std::uint8_t { end, reset, stopped, error, idle, stalled };
inline constexpr const char* kCloseReasonNames[] = {"end",   "reset", "stopped",
                                                    "error", "idle",  "stalled"};

struct ConnectionRecord {
  Address peer;
  CloseReason reason = CloseReason::end;
  Nanoseconds opened = 0;
  Nanoseconds closed = 0;
  std::uint64_t requests = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
};

/// One loop's account. The loop writes `counters`; threads that serve a connection each for the
/// loop take a Share, for a counter has one writer. Anyone may read while they run.
class Ledger {
 public:
  class Share {
   public:
    explicit Share(Ledger& ledger);
    ~Share();
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;
    Counters counters;

   private:
    Ledger& ledger_;
    std::size_t position_;
    friend class Ledger;
  };

  Counters counters;

  void add(const ConnectionRecord& record);
  Totals totals() const;
  /// The connections that have closed since the last call: each record is handed over once, so
  /// that a server whose records are taken keeps none of them.
  std::deque<ConnectionRecord> take_records();

 private:
  mutable std::mutex mutex_;
  std::deque<ConnectionRecord> records_;  // grows without being copied while it is measured
  std::vector<Share*> shares_;
  Counters finished_;
};

}  // namespace c10k
