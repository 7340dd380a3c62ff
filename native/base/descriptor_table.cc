#include "base/descriptor_table.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include "base/system_error.h"
#include "base/unique_fd.h"

namespace c10k {
namespace {

constexpr int kFirst = 3;  // after stdin, stdout, stderr

/// False where the system forbids it, and under ThreadSanitizer: that has one count of references
/// per descriptor number, and two tables with the same number would free it twice.
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

// A thread that has been joined may not have released its table yet: without this, a listener could
// stay open for a moment after the server was stopped.
DescriptorTable::~DescriptorTable() {
  if (!private_) return;
  for (int fd : descriptors_) ::close(fd);
}

int lowest_free_descriptor() {
  return UniqueFd(check(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0), "fcntl")).get();
}

}  // namespace c10k
