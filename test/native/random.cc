#include "base/random.h"

#include "check.h"

namespace c10k::random_test {
namespace {

// The reference implementation's first outputs: its state starts at 0 and is incremented by the
// constant.
TEST("mix is SplitMix64") {
  EQUAL(mix(0), 0xe220a8397b1dcdaf);
  EQUAL(mix(0x9e3779b97f4a7c15), 0x6e789e6aa1b965f4);
}

TEST("unit is 0 for the smallest number, and less than 1 for the largest") {
  EQUAL(unit(0), 0.0);
  CHECK(unit(~std::uint64_t{0}) < 1);
  CHECK(unit(~std::uint64_t{0}) > 0.999999);
}

TEST("unit is a half for a half") {
  EQUAL(unit(std::uint64_t{1} << 63), 0.5);
}

}  // namespace
}  // namespace c10k::random_test
