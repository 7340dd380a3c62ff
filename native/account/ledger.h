// A server's records: one row per connection, and the counters of one loop.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "account/counters.h"
#include "account/transfers.h"
#include "base/clock.h"
#include "net/address.h"

namespace c10k {

enum class CloseReason : std::uint8_t { end, reset, stopped, error, idle, stalled, killed };
inline constexpr const char* kCloseReasonNames[] = {"end",  "reset",   "stopped", "error",
                                                    "idle", "stalled", "killed"};

struct ConnectionRecord {
  Address peer;
  CloseReason reason = CloseReason::end;
  Nanoseconds opened = 0;
  Nanoseconds closed = 0;
  std::uint64_t requests = 0;
  /// Answered with an error; not among `requests`.
  std::uint64_t refused = 0;
  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;
};

/// The records of one loop. The loop writes `counters`. A counter has one writer, so each thread
/// that serves a connection for the loop takes its own Share. Any thread may read at any time.
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

  /// `lists_openings`: a connection gets a record when it opens too, with `closed` 0.
  explicit Ledger(bool lists_openings = false, std::size_t most_transfers = 0)
      : transfers(most_transfers), lists_openings_(lists_openings) {}

  Counters counters;
  TransferTable transfers;

  void note_opening(const ConnectionRecord& record) {
    if (lists_openings_) add(record);
  }
  void add(const ConnectionRecord& record);
  Totals totals() const;
  /// The records added since the last call. Each record is returned once and then discarded.
  std::deque<ConnectionRecord> take_records();

 private:
  const bool lists_openings_;
  mutable std::mutex mutex_;
  std::deque<ConnectionRecord> records_;  // a deque: growing copies no rows during the measurement
  std::vector<Share*> shares_;
  Counters finished_;
};

}  // namespace c10k
