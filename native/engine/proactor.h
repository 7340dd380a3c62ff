// The proactor: one loop and one io_uring; submits receives and sends and processes their
// completions.
#pragma once

#include "engine/engine.h"
#include "uring/ring.h"

namespace c10k {

struct ProactorSizes {
  RingSizes ring;
  /// A power of two.
  unsigned buffers = 256;
};

/// `choices`: the sets of set-up flags to try. Requires Linux 6.0 (multishot receive).
std::unique_ptr<Engine> make_proactor(RingChoices choices, ProactorSizes sizes = {});

/// DEFER_TASKRUN: completions are processed when the loop waits for them (Linux 6.1). Otherwise at
/// least without an interrupt.
inline constexpr std::uint32_t kDeferred[] = {
    IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN,
    IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_COOP_TASKRUN, 0};
/// No flags, as in most tutorials.
inline constexpr std::uint32_t kPlain[] = {0};

}  // namespace c10k
