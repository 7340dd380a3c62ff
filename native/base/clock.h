// The clock of all measurements: CLOCK_MONOTONIC, clock_gettime(2).
#pragma once

#include <cstdint>
#include <ctime>

namespace c10k {

/// Nanoseconds on CLOCK_MONOTONIC: the same in every process of the machine.
using Nanoseconds = std::int64_t;

inline constexpr Nanoseconds kSecond = 1'000'000'000;
inline constexpr Nanoseconds kMillisecond = 1'000'000;

inline timespec to_timespec(Nanoseconds ns) {
  return {ns / kSecond, ns % kSecond};
}

inline Nanoseconds read_clock(clockid_t clock) {
  timespec now{};
  ::clock_gettime(clock, &now);
  return now.tv_sec * kSecond + now.tv_nsec;
}

inline Nanoseconds now() {
  return read_clock(CLOCK_MONOTONIC);
}

}  // namespace c10k
