#include "base/descriptor_table.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "base/system_error.h"
#include "base/unique_fd.h"

namespace c10k {

void make_table_private(std::span<int> keep) {
  constexpr int first = 3;  // after stdin, stdout, stderr
  const int beyond = first + static_cast<int>(keep.size());
  check(::unshare(CLONE_FILES), "unshare");
  for (int& fd : keep) fd = check(::fcntl(fd, F_DUPFD_CLOEXEC, beyond), "fcntl");
  for (int next = first; int& fd : keep) fd = check(::dup3(fd, next++, O_CLOEXEC), "dup3");
  check(::close_range(static_cast<unsigned>(beyond), ~0U, 0), "close_range");
}

int lowest_free_descriptor() {
  return UniqueFd(check(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0), "fcntl")).get();
}

}  // namespace c10k
