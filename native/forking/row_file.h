// Rows that processes append to a file in memory and another takes from it: memfd_create(2). What
// was appended stays readable if the writer is killed.
#pragma once

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <deque>
#include <type_traits>

#include "base/memory_file.h"

namespace c10k {

/// O_APPEND, so that processes may append at the same time: without it the kernel doesn't lock the
/// position of a file that memfd_create(2) has opened.
inline UniqueFd row_file(const char* name) {
  UniqueFd fd = memory_file(name);
  check(::fcntl(fd.get(), F_SETFL, O_APPEND), "fcntl");
  return fd;
}

/// False if the system has no memory left for it. Async-signal-safe.
template <typename Row>
bool append_row(int fd, const Row& row) {
  static_assert(std::is_trivially_copyable_v<Row>);
  return ::write(fd, &row, sizeof row) == sizeof row;
}

template <typename Row>
class RowReader {
 public:
  explicit RowReader(int fd) : fd_(fd) {}

  /// The rows appended since the last call. Releases their memory. A row may be incomplete while it
  /// is being written; it is left for the next call.
  std::deque<Row> take() {
    std::deque<Row> taken;
    std::array<Row, kRowsPerRead> some;
    for (;;) {
      const ssize_t size = ::pread(fd_, some.data(), sizeof some, offset_);
      const std::size_t rows = size < 0 ? 0 : static_cast<std::size_t>(size) / sizeof some[0];
      if (rows == 0) break;
      taken.insert(taken.end(), some.begin(), some.begin() + rows);
      offset_ += static_cast<off_t>(rows * sizeof some[0]);
    }
    if (!taken.empty()) ::fallocate(fd_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, offset_);
    return taken;
  }

 private:
  static constexpr std::size_t kRowsPerRead = 1024;

  const int fd_;
  off_t offset_ = 0;
};

}  // namespace c10k
