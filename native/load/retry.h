// The delay before a client connects again after a failure.
#pragma once

#include <algorithm>

#include "base/clock.h"
#include "base/random.h"
#include "load/report.h"

namespace c10k {

/// A wrong answer or an interruption would not change.
inline bool may_be_retried(Failure failure) {
  return failure != Failure::none && failure != Failure::corrupt && failure != Failure::interrupted;
}

/// Doubles with each failure since the last answer, the first being number 0. Half of it is random,
/// so that clients that failed together don't return together.
inline Nanoseconds retry_delay(std::uint64_t seed, std::uint32_t failure) {
  constexpr Nanoseconds kFirst = 100 * kMillisecond;
  constexpr Nanoseconds kLongest = 5 * kSecond;
  constexpr std::uint32_t kDoublings = 6;  // enough to reach the longest
  const Nanoseconds delay = std::min(kLongest, kFirst << std::min(failure, kDoublings));
  const double jitter = unit(mix(seed ^ mix(failure)));
  return delay / 2 + static_cast<Nanoseconds>(jitter * static_cast<double>(delay / 2));
}

}  // namespace c10k
