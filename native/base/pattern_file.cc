#include "base/pattern_file.h"

#include <sys/mman.h>

#include "base/system_error.h"

namespace c10k {

PatternFile::PatternFile()
    : fd_(check(::memfd_create("c10k-pattern", MFD_CLOEXEC), "memfd_create")) {
  for (std::uint64_t written = 0; written < kBytes;) {
    const auto count = std::min<std::uint64_t>(kPatternView, kBytes - written);
    written += check(::write(fd_.get(), pattern_at(written), count), "write");
  }
}

}  // namespace c10k
