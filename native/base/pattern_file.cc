#include "base/pattern_file.h"

#include "base/memory_file.h"

namespace c10k {

PatternFile::PatternFile() : fd_(memory_file("c10k-pattern")) {
  for (std::uint64_t written = 0; written < kBytes;) {
    const auto count = std::min<std::uint64_t>(kPatternView, kBytes - written);
    written += check(::write(fd_.get(), pattern_at(written), count), "write");
  }
}

}  // namespace c10k
