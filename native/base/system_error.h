// Exceptions for failed system calls during set-up: errno(3).
#pragma once

#include <cerrno>
#include <system_error>

namespace c10k {

/// A failed system call; becomes a JavaScript Error with `code` and `syscall`.
class SystemError : public std::system_error {
 public:
  SystemError(int error, const char* syscall)
      : std::system_error(error, std::generic_category(), syscall), syscall_(syscall) {}
  const char* syscall() const { return syscall_; }

 private:
  const char* syscall_;
};

/// Returns the result of a system call, or throws. For set-up only: the hot path checks errno.
template <typename Result>
Result check(Result result, const char* syscall) {
  if (result < 0) throw SystemError(errno, syscall);
  return result;
}

/// The same for a wait: one interrupted by a signal returns 0, nothing ready.
template <typename Result>
Result check_wait(Result result, const char* syscall) {
  return result < 0 && errno == EINTR ? 0 : check(result, syscall);
}

}  // namespace c10k
