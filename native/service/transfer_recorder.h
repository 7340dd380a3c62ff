// How a session reports its transfers, if they are recorded.
#pragma once

#include <algorithm>

#include "account/transfers.h"

namespace c10k {

/// The transfers of one connection, one after another. One that is under way when the connection
/// ends is recorded as incomplete, with what it has moved.
class TransferRecorder {
 public:
  TransferRecorder(TransferLog& log, const Address& peer, Nanoseconds opened) : log_(log) {
    record_.peer = peer;
    record_.opened = opened;
  }
  ~TransferRecorder() {
    if (is_under_way_) end(TransferOutcome::incomplete);
  }
  TransferRecorder(const TransferRecorder&) = delete;
  TransferRecorder& operator=(const TransferRecorder&) = delete;

  void begin(OperationName operation) {
    ++record_.number;
    record_.operation = operation;
    record_.began = now();
    queued_ = received_ = 0;
    is_under_way_ = true;
  }
  void queued(std::uint64_t bytes) { queued_ += bytes; }
  void received(std::uint64_t bytes) { received_ += bytes; }
  void end(TransferOutcome outcome) {
    record_.outcome = outcome;
    record_.bytes = queued_ + received_;
    record_.ended = now();
    is_under_way_ = false;
    log_.add(record_);
  }
  /// The connection ends, and the last so many queued bytes are not with the kernel.
  void take_back(std::size_t unsent) { queued_ -= std::min<std::uint64_t>(queued_, unsent); }

 private:
  TransferLog& log_;
  TransferRecord record_;
  std::uint64_t queued_ = 0;
  std::uint64_t received_ = 0;
  bool is_under_way_ = false;
};

/// A session's access to its recorder; without one, it does nothing.
class TransferReports {
 public:
  TransferReports() = default;
  explicit TransferReports(TransferRecorder* recorder) : recorder_(recorder) {}

  /// A request was read.
  void begin(OperationName operation) const {
    if (recorder_ != nullptr) recorder_->begin(operation);
  }
  /// Payload was put into the outbox, behind everything else.
  void queued(std::uint64_t bytes) const {
    if (recorder_ != nullptr) recorder_->queued(bytes);
  }
  void received(std::uint64_t bytes) const {
    if (recorder_ != nullptr) recorder_->received(bytes);
  }
  void end(TransferOutcome outcome) const {
    if (recorder_ != nullptr) recorder_->end(outcome);
  }

 private:
  TransferRecorder* recorder_ = nullptr;
};

}  // namespace c10k
