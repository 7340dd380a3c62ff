#include "forking/row_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <type_traits>

namespace c10k {
namespace {

static_assert(std::is_trivially_copyable_v<ConnectionRecord>);

constexpr std::size_t kRowsPerRead = 1024;

}  // namespace

bool append_row(int fd, const ConnectionRecord& record) {
  return ::write(fd, &record, sizeof record) == sizeof record;
}

// A record may be incomplete while it is being written; it is left for the next call.
std::deque<ConnectionRecord> RowReader::take() {
  std::deque<ConnectionRecord> taken;
  std::array<ConnectionRecord, kRowsPerRead> some;
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

}  // namespace c10k
