// The pattern as a file in memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/pattern.h"
#include "base/unique_fd.h"

namespace c10k {

/// Whole periods of the pattern, so that a stream of any length is the file repeated.
class PatternFile {
 public:
  /// A part of the file.
  struct Part {
    std::int64_t offset;
    std::size_t length;
  };

  /// Throws SystemError.
  PatternFile();

  int fd() const { return fd_.get(); }
  /// The caller must close the descriptor.
  int release() { return fd_.release(); }
  /// The bytes of the pattern from a position of the stream on, at most `length`.
  static Part part(std::uint64_t position, std::uint64_t length) {
    const std::uint64_t offset = position % kBytes;
    return {static_cast<std::int64_t>(offset), std::min(length, kBytes - offset)};
  }

 private:
  /// About 1 MiB.
  static constexpr std::uint64_t kBytes = 16 * kPatternPeriod;

  UniqueFd fd_;
};

}  // namespace c10k
