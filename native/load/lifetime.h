// The lifetime of a connection.
#pragma once

#include <algorithm>

#include "base/clock.h"
#include "base/random.h"

namespace c10k {

struct Lifetime {
  enum class Kind { none, fixed, uniform, exponential };

  Kind kind = Kind::none;
  Nanoseconds low = 0;   // fixed: the time itself; exponential: the mean
  Nanoseconds high = 0;  // uniform only

  Nanoseconds draw(std::uint64_t random) const {
    switch (kind) {
      case Kind::none:
        return 0;
      case Kind::fixed:
        return low;
      case Kind::uniform:
        return low + static_cast<Nanoseconds>(unit(random) * static_cast<double>(high - low + 1));
      case Kind::exponential:
        return static_cast<Nanoseconds>(-std::log1p(-unit(random)) * static_cast<double>(low));
    }
    return 0;
  }
};

}  // namespace c10k
