// The control: the canonical raw epoll echo, with no seam and no accounting.
#pragma once

#include <memory>

#include "engine/engine.h"

namespace c10k {

/// The yardstick of every trial, and the price of c10k's own structure. It counts nothing, and a
/// socket that won't take a whole answer is closed.
std::unique_ptr<Engine> make_control();

}  // namespace c10k
