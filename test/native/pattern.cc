#include "base/pattern.h"

#include <cstring>

#include "base/random.h"
#include "check.h"

namespace c10k::pattern_test {
namespace {

TEST("the pattern repeats after its period") {
  for (const std::uint64_t position : {std::uint64_t{0}, kPatternPeriod - 1, kPatternPeriod + 7})
    EQUAL(pattern_at(position), pattern_at(position + (kPatternPeriod << 20)));
}

TEST("a view from any position continues the stream") {
  for (const std::uint64_t position : {std::uint64_t{0}, std::uint64_t{40'000}, kPatternPeriod - 1})
    for (std::size_t i = 0; i < kPatternView; ++i)
      EQUAL(pattern_at(position)[i], *pattern_at(position + i));
}

TEST("the bytes are those of a seeded generator") {
  EQUAL(*pattern_at(0), std::byte{0xaf});
  EQUAL(*pattern_at(60'000), static_cast<std::byte>(mix(60'000)));
}

TEST("an answer can't be confused with an error") {
  CHECK(std::memcmp(pattern_at(0), "E", 1) != 0);
}

}  // namespace
}  // namespace c10k::pattern_test
