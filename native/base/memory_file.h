// A file in memory, for other processes or for sendfile: memfd_create(2).
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include "base/system_error.h"
#include "base/unique_fd.h"

namespace c10k {

/// Zeroed. `name` appears in /proc/PID/fd. Throws SystemError.
inline UniqueFd memory_file(const char* name, std::size_t bytes = 0) {
  UniqueFd fd(check(::memfd_create(name, MFD_CLOEXEC), "memfd_create"));
  if (bytes > 0) check(::ftruncate(fd.get(), static_cast<off_t>(bytes)), "ftruncate");
  return fd;
}

}  // namespace c10k
