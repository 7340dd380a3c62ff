// The interface of the server models: how one loop waits for work.
#pragma once

#include <memory>

#include "account/ledger.h"
#include "base/clock.h"
#include "base/stop.h"
#include "engine/timeouts.h"
#include "net/listener.h"
#include "service/service.h"

namespace c10k {

/// The maximum of accepts per turn of an event loop: about as much work as sixteen full reads and
/// their answers.
inline constexpr int kAcceptsPerTurn = 64;

/// The delay before every model retries accept() after descriptors ran out, unless one of its
/// connections closes first.
inline constexpr Nanoseconds kShortagePause = 50 * kMillisecond;

class Engine {
 public:
  virtual ~Engine() = default;
  /// Serves on the calling thread until a stop is requested. Throws SystemError if it can't start.
  virtual void serve(const Listener& listener, Service& service, Ledger& ledger,
                     const StopToken& stop, Timeouts timeouts) = 0;
  /// Called from another thread after a stop was requested: unblocks a serve() that is blocked in a
  /// system call other than a wait on the stop token. The listener's descriptor number is that of
  /// the calling thread; serve() may use another descriptor table.
  virtual void interrupt(const Listener&) {}
};

}  // namespace c10k
