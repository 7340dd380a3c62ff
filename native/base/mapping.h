// The owner of mapped memory: mmap(2).
#pragma once

#include <sys/mman.h>

#include <cerrno>
#include <cstddef>
#include <utility>

#include "base/system_error.h"

namespace c10k {

class Mapping {
 public:
  Mapping() = default;
  /// Throws SystemError. Without a descriptor: zeroed private memory.
  explicit Mapping(std::size_t bytes, int fd = -1, off_t offset = 0)
      : Mapping(PROT_READ | PROT_WRITE,
                fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED | MAP_POPULATE, bytes, fd,
                offset) {}
  /// Shared memory of which only the pages that are used take memory.
  static Mapping sparse(std::size_t bytes, int fd) {
    return Mapping(PROT_READ | PROT_WRITE, MAP_SHARED, bytes, fd, 0);
  }
  /// The first bytes of a file, at least one.
  static Mapping read_only(std::size_t bytes, int fd) {
    return Mapping(PROT_READ, MAP_SHARED, bytes, fd, 0);
  }
  Mapping(Mapping&& other) noexcept
      : start_(std::exchange(other.start_, MAP_FAILED)), bytes_(other.bytes_) {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(start_, other.start_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Mapping() {
    if (start_ != MAP_FAILED) ::munmap(start_, bytes_);
  }

  template <typename T>
  T* at(std::size_t offset) const {
    return reinterpret_cast<T*>(static_cast<std::byte*>(start_) + offset);
  }

 private:
  Mapping(int access, int flags, std::size_t bytes, int fd, off_t offset) : bytes_(bytes) {
    start_ = ::mmap(nullptr, bytes, access, flags, fd, offset);
    if (start_ == MAP_FAILED) throw SystemError(errno, "mmap");
  }

  void* start_ = MAP_FAILED;
  std::size_t bytes_ = 0;
};

}  // namespace c10k
