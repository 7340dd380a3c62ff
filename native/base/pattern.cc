#include "base/pattern.h"

#include <array>

#include "base/random.h"

namespace c10k {
namespace {

using Pattern = std::array<std::byte, kPatternPeriod + kPatternView>;

Pattern make_pattern() {
  Pattern pattern;
  for (std::size_t i = 0; i < pattern.size(); ++i)
    pattern[i] = static_cast<std::byte>(mix(i % kPatternPeriod));
  return pattern;
}

}  // namespace

const std::byte* pattern_at(std::uint64_t position) {
  static const Pattern pattern = make_pattern();
  return pattern.data() + position % kPatternPeriod;
}

}  // namespace c10k
