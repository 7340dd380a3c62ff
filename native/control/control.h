// The `control` model: minimal epoll servers, no abstraction, no bookkeeping.
#pragma once

#include <memory>

#include "engine/engine.h"

namespace c10k {

/// The baseline of every trial; other models' distance from it includes the cost of c10k's
/// abstractions. It counts nothing, and closes a connection on anything that its service's client
/// doesn't do. `service` must be valid.
std::unique_ptr<Engine> make_control(const ServiceSpec& service);

}  // namespace c10k
