// What this kernel lets a proactor do, found out by doing it.
#pragma once

#include <string>

#include "uring/ring.h"

namespace c10k {

/// Sets up a ring, receives a byte as the proactor does, and names the set-up flags that were taken
/// (`SINGLE_ISSUER | DEFER_TASKRUN`; `none`). Throws SystemError for what isn't possible.
std::string probe_ring(RingChoices choices);

}  // namespace c10k
