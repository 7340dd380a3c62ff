// The timers of a client thread.
#pragma once

#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/slot_id.h"

namespace c10k {

class Timers {
 public:
  static constexpr Nanoseconds kNever = std::numeric_limits<Nanoseconds>::max();

  // Tokens of events without a connection. The first and the last are tokens in epoll, not timers.
  static constexpr Token kWake = ~Token{0};
  static constexpr Token kRelease = kWake - 1;
  static constexpr Token kWindowStart = kWake - 2;
  static constexpr Token kSecondPassed = kWake - 3;
  static constexpr Token kDeadline = kWake - 4;
  static constexpr Token kGate = kWake - 5;

  void set(Nanoseconds when, Token token) { queue_.emplace(when, token); }
  Nanoseconds next() const { return queue_.empty() ? kNever : queue_.top().first; }
  /// Removes and returns the earliest.
  Token take() {
    const Token token = queue_.top().second;
    queue_.pop();
    return token;
  }

 private:
  using Timer = std::pair<Nanoseconds, Token>;
  std::priority_queue<Timer, std::vector<Timer>, std::greater<>> queue_;
};

}  // namespace c10k
