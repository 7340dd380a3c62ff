// A server's record of each transfer, where transfers are few and large.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "account/bounded_rows.h"
#include "base/clock.h"
#include "net/address.h"

namespace c10k {

/// The most transfers that a process keeps until they are taken: 40 MiB.
inline constexpr std::size_t kMostTransfers = 1 << 19;

/// An operation's name, e.g. `get`; held in place, because processes share records. Empty: unknown.
class OperationName {
 public:
  OperationName() = default;
  constexpr OperationName(const char* name) {
    const std::string_view text(name);
    std::copy_n(text.begin(), std::min(text.size(), text_.size()), text_.begin());
  }
  std::string_view get() const {
    return {text_.data(), static_cast<std::size_t>(std::ranges::find(text_, '\0') - text_.begin())};
  }

 private:
  std::array<char, 11> text_{};
};

enum class TransferOutcome : std::uint8_t {
  done,     // the last byte is with the kernel, or all was received and answered
  refused,  // answered with an error
  incomplete
};
inline constexpr const char* kTransferOutcomeNames[] = {"done", "refused", "incomplete"};

struct TransferRecord {
  Address peer;
  /// On its connection, from 1.
  std::uint32_t number = 0;
  /// When its connection was opened.
  Nanoseconds opened = 0;
  /// When the request was read.
  Nanoseconds began = 0;
  Nanoseconds ended = 0;
  /// Payload that the kernel has taken, or that was received.
  std::uint64_t bytes = 0;
  OperationName operation;
  TransferOutcome outcome = TransferOutcome::incomplete;
};

/// Where transfers are recorded.
class TransferLog {
 public:
  virtual ~TransferLog() = default;
  /// Called concurrently from the threads of a loop.
  virtual void add(const TransferRecord& record) = 0;
};

/// Keeps them in memory. Any thread may take them.
class TransferTable final : public TransferLog {
 public:
  explicit TransferTable(std::size_t most) : rows_(most) {}

  void add(const TransferRecord& record) override {
    std::lock_guard lock(mutex_);
    rows_.add(record);
  }
  TakenRows<TransferRecord> take() {
    std::lock_guard lock(mutex_);
    return rows_.take();
  }

 private:
  std::mutex mutex_;
  BoundedRows<TransferRecord> rows_;
};

}  // namespace c10k
