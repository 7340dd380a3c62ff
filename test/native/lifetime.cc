#include "load/lifetime.h"

#include <array>

#include "check.h"

namespace c10k::lifetime_test {
namespace {

using Kind = Lifetime::Kind;

constexpr std::uint64_t kLowest = 0;
constexpr std::uint64_t kHighest = ~std::uint64_t{0};

TEST("lifetime none is 0") {
  EQUAL(Lifetime{}.draw(kHighest), 0);
}

TEST("a fixed lifetime is always the same") {
  const Lifetime fixed{Kind::fixed, 250, 0};
  EQUAL(fixed.draw(kLowest), 250);
  EQUAL(fixed.draw(kHighest), 250);
}

TEST("a uniform lifetime reaches both bounds and never exceeds them") {
  const Lifetime uniform{Kind::uniform, 10, 20};
  EQUAL(uniform.draw(kLowest), 10);
  EQUAL(uniform.draw(kHighest), 20);
}

TEST("a uniform lifetime of one value is that value") {
  const Lifetime uniform{Kind::uniform, 10, 10};
  EQUAL(uniform.draw(kLowest), 10);
  EQUAL(uniform.draw(kHighest), 10);
}

TEST("the values of a uniform lifetime are equally frequent") {
  const Lifetime uniform{Kind::uniform, 0, 3};
  std::array<int, 4> drawn{};
  for (std::uint64_t i = 0; i < 4000; ++i)
    ++drawn.at(static_cast<std::size_t>(uniform.draw(mix(i))));
  for (const int count : drawn) CHECK(count > 900 && count < 1100);
}

TEST("an exponential lifetime starts at 0, is bounded and has the given mean") {
  const Lifetime exponential{Kind::exponential, kMillisecond, 0};
  EQUAL(exponential.draw(kLowest), 0);
  CHECK(exponential.draw(kHighest) < 40 * kMillisecond);
  Nanoseconds sum = 0;
  for (std::uint64_t i = 0; i < 10'000; ++i) sum += exponential.draw(mix(i));
  CHECK(sum / 10'000 > kMillisecond * 97 / 100 && sum / 10'000 < kMillisecond * 103 / 100);
}

}  // namespace
}  // namespace c10k::lifetime_test
