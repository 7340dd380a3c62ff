#include "load/retry.h"

#include "check.h"

namespace c10k::retry_test {
namespace {

TEST("the delay doubles from 100 ms to 5 s, of which up to half is random") {
  const Nanoseconds longest[] = {100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000};
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    for (std::uint32_t failure = 0; failure < 9; ++failure) {
      const Nanoseconds delay = retry_delay(seed, failure);
      const Nanoseconds most = longest[failure] * kMillisecond;
      CHECK(delay >= most / 2 && delay <= most);
    }
    CHECK(retry_delay(seed, ~0U) <= 5 * kSecond);
  }
}

TEST("equal seeds give equal delays, different seeds different ones") {
  EQUAL(retry_delay(7, 3), retry_delay(7, 3));
  CHECK(retry_delay(7, 3) != retry_delay(8, 3));
}

TEST("a wrong answer or an interruption is not retried, other failures are") {
  CHECK(!may_be_retried(Failure::none));
  CHECK(!may_be_retried(Failure::corrupt));
  CHECK(!may_be_retried(Failure::interrupted));
  for (const Failure failure : {Failure::refused, Failure::reset, Failure::timed_out,
                                Failure::closed_early, Failure::rejected, Failure::stalled})
    CHECK(may_be_retried(failure));
}

}  // namespace
}  // namespace c10k::retry_test
