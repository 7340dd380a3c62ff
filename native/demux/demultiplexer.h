// Readiness, whichever system call tells it. Used by the reactor and by nobody else.
#pragma once

#include <limits>
#include <memory>
#include <span>

#include "account/counters.h"
#include "base/clock.h"
#include "base/slot_id.h"

namespace c10k {

enum class Interest { read, write };

struct Ready {
  /// Names the descriptor's owner; its number may belong to another by now.
  Token token;
  bool readable;
  bool writable;
  /// The peer has sent its end, a reset or urgent data: a short read doesn't mean that all is read.
  bool hangup;
};

/// Level-triggered ones report a state for as long as it lasts, and want it narrowed by change().
/// Edge-triggered ones report both directions, once per change, whatever the interest.
class Demultiplexer {
 public:
  static constexpr Nanoseconds kForever = -1;

  virtual ~Demultiplexer() = default;

  /// Starts watching. False when this descriptor can't be watched.
  virtual bool add(int fd, Interest interest, Token token) = 0;
  virtual void change(int fd, Interest interest, Token token) = 0;
  /// Starts watching a listener, which other loops may watch as well.
  virtual bool add_listener(int fd, Token token) { return add(fd, Interest::read, token); }
  /// Stops watching.
  virtual void remove(int fd) = 0;
  /// The same for a descriptor that is closed next.
  virtual void forget(int fd) { remove(fd); }
  /// What is ready, valid until the next call; empty on a time-out or a signal.
  virtual std::span<const Ready> wait(Nanoseconds timeout) = 0;

  virtual bool edge_triggered() const { return false; }
  /// Descriptors from this number on can't be watched.
  virtual int descriptor_limit() const { return std::numeric_limits<int>::max(); }
};

using MakeDemultiplexer = std::unique_ptr<Demultiplexer> (*)(Counters&);

}  // namespace c10k
