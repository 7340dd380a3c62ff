#include "base/descriptor_table.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "base/system_error.h"
#include "base/unique_fd.h"

namespace c10k {
namespace {

constexpr int kFirst = 3;  // after stdin, stdout, stderr

/// False if the system forbids it, and under ThreadSanitizer, which keeps one reference count per
/// descriptor number: the same number in two tables would be freed twice.
bool unshare_table() {
#if defined(__SANITIZE_THREAD__)
  return false;
#else
  return ::unshare(CLONE_FILES) == 0;
#endif
}

}  // namespace

DescriptorTable::DescriptorTable(std::initializer_list<int> keep)
    : descriptors_(keep), private_(unshare_table()) {
  if (!private_) return;
  const int beyond = kFirst + static_cast<int>(descriptors_.size());
  for (int& fd : descriptors_) fd = check(::fcntl(fd, F_DUPFD_CLOEXEC, beyond), "fcntl");
  for (int next = kFirst; int& fd : descriptors_) fd = check(::dup3(fd, next++, O_CLOEXEC), "dup3");
  check(::close_range(static_cast<unsigned>(beyond), ~0U, 0), "close_range");
}

// The kernel may release a thread's table after the thread is joined. Without this, a listener
// could stay open briefly after the server stopped.
DescriptorTable::~DescriptorTable() {
  if (!private_) return;
  for (int fd : descriptors_) ::close(fd);
}

int lowest_free_descriptor() {
  return UniqueFd(check(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0), "fcntl")).get();
}

}  // namespace c10k
