// The calls on files that a session makes.
#pragma once

#include <cstdint>

#include "base/clock.h"

namespace c10k {

/// They block the loop that makes them, for so long.
struct StorageWork {
  std::uint32_t calls = 0;
  Nanoseconds time = 0;
};

}  // namespace c10k
