#include "base/pattern_file.h"

#include <fcntl.h>
#include <sys/select.h>

#include <utility>

#include "base/memory_file.h"

namespace c10k {

namespace {

/// Leaves the numbers that select(2) can watch to the sockets, if the process may have higher ones.
UniqueFd beyond_select(UniqueFd fd) {
  UniqueFd moved(::fcntl(fd.get(), F_DUPFD_CLOEXEC, FD_SETSIZE));
  return moved ? std::move(moved) : std::move(fd);
}

}  // namespace

PatternFile::PatternFile() : fd_(beyond_select(memory_file("c10k-pattern"))) {
  for (std::uint64_t written = 0; written < kBytes;) {
    const auto count = std::min<std::uint64_t>(kPatternView, kBytes - written);
    written += check(::write(fd_.get(), pattern_at(written), count), "write");
  }
}

}  // namespace c10k
