// The `control` model: minimal epoll echo, no abstraction, no bookkeeping.
#pragma once

#include <memory>

#include "engine/engine.h"

namespace c10k {

/// The baseline of every trial; other models' distance from it includes the cost of c10k's
/// abstractions. It counts nothing and closes a socket that doesn't take a whole answer at once.
std::unique_ptr<Engine> make_control();

}  // namespace c10k
