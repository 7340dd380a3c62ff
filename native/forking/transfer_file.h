// The transfers of a forking server's children, in a file in memory.
#pragma once

#include "account/transfers.h"
#include "forking/row_file.h"
#include "forking/shared_table.h"

namespace c10k {

/// Written by all children. The limit may be exceeded by a row for each of them.
class TransferFile final : public TransferLog {
 public:
  TransferFile(int fd, SharedTable::TransferCounts& counts) : fd_(fd), counts_(counts) {}

  void add(const TransferRecord& record) override {
    const std::uint64_t kept = counts_.written.load() - counts_.taken.load();
    if (kept < kMostTransfers && append_row(fd_, record))
      counts_.written.fetch_add(1);
    else
      counts_.unrecorded.fetch_add(1);
  }

 private:
  const int fd_;
  SharedTable::TransferCounts& counts_;
};

/// The reading end.
class TransferReader {
 public:
  TransferReader(int fd, SharedTable::TransferCounts& counts) : rows_(fd), counts_(counts) {}

  TakenRows<TransferRecord> take() {
    TakenRows<TransferRecord> taken{rows_.take(), counts_.unrecorded.exchange(0)};
    counts_.taken.fetch_add(taken.rows.size());
    return taken;
  }

 private:
  RowReader<TransferRecord> rows_;
  SharedTable::TransferCounts& counts_;
};

}  // namespace c10k
