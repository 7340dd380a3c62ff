// Connection records that one process appends to a file in memory and another takes from it:
// memfd_create(2). What was appended stays readable if the writer is killed.
#pragma once

#include <sys/types.h>

#include <deque>

#include "account/ledger.h"

namespace c10k {

/// False if the system has no memory left for it. Async-signal-safe.
bool append_row(int fd, const ConnectionRecord& record);

class RowReader {
 public:
  explicit RowReader(int fd) : fd_(fd) {}

  /// The records appended since the last call. Releases their memory.
  std::deque<ConnectionRecord> take();

 private:
  const int fd_;
  off_t offset_ = 0;
};

}  // namespace c10k
