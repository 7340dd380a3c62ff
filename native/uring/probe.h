// Detects by trial which io_uring features this kernel supports.
#pragma once

#include <string>

#include "uring/ring.h"

namespace c10k {

/// Sets up a ring, receives a byte as the proactor does, and returns the names of the accepted
/// set-up flags (`SINGLE_ISSUER | DEFER_TASKRUN`; `none`). Throws SystemError if a step fails.
std::string probe_ring(RingChoices choices);

}  // namespace c10k
