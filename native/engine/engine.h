// How one loop waits for work: the seam between server models.
#pragma once

#include <memory>

#include "account/ledger.h"
#include "base/clock.h"
#include "base/stop.h"
#include "engine/timeouts.h"
#include "net/listener.h"
#include "service/service.h"

namespace c10k {

/// Every model reads into a buffer of this size, so that none wins by its buffer.
inline constexpr std::size_t kReceiveBytes = 16 * 1024;

/// Connections that an event loop accepts before it serves others again: about as much work as
/// sixteen full reads and their answers.
inline constexpr int kAcceptsInARow = 64;

/// How soon every model accepts again when descriptors ran out and none of its own was freed.
inline constexpr Nanoseconds kShortagePause = 50 * kMillisecond;

class Engine {
 public:
  virtual ~Engine() = default;
  /// Serves on the calling thread until asked to stop. Throws SystemError if it can't begin.
  virtual void serve(const Listener& listener, Service& service, Ledger& ledger,
                     const StopToken& stop, Timeouts timeouts) = 0;
  /// Called from another thread after the stop was requested: frees a serve() that is blocked in a
  /// system call other than a wait on the stop token. The listener's number is that of the calling
  /// thread; serve() may run with another descriptor table.
  virtual void interrupt(const Listener&) {}
};

}  // namespace c10k
