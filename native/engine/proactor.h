// The proactor: one loop, one io_uring; receives and sends are asked for, and their results come.
#pragma once

#include "engine/engine.h"
#include "uring/ring.h"

namespace c10k {

struct ProactorSizes {
  RingSizes ring;
  /// A power of two.
  unsigned buffers = 256;
};

/// `choices`: the sets of set-up flags to try. Works from Linux 6.0 on (multishot receive).
std::unique_ptr<Engine> make_proactor(RingChoices choices, ProactorSizes sizes = {});

/// Completions are worked on when the loop asks for them, in its own context (Linux 6.1); or at
/// least without an interrupt.
inline constexpr std::uint32_t kDeferred[] = {
    IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN,
    IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_COOP_TASKRUN, 0};
/// As most tutorials set it up.
inline constexpr std::uint32_t kPlain[] = {0};

}  // namespace c10k
