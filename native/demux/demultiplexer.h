// The interface of the readiness system calls, used only by the reactor.
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
  /// Identifies the descriptor's owner; the descriptor number may have been reused.
  Token token;
  bool readable;
  bool writable;
  /// The peer sent FIN, RST or urgent data: a short read doesn't mean that the socket is empty.
  bool hangup;
};

/// A level-triggered one reports readiness while it lasts; change() restricts it to one direction.
/// An edge-triggered one reports both directions, once per change, and ignores the interest.
class Demultiplexer {
 public:
  static constexpr Nanoseconds kForever = -1;

  virtual ~Demultiplexer() = default;

  /// Starts watching. False if this descriptor can't be watched.
  virtual bool add(int fd, Interest interest, Token token) = 0;
  virtual void change(int fd, Interest interest, Token token) = 0;
  /// Starts watching a listener that other loops may also watch.
  virtual bool add_listener(int fd, Token token) { return add(fd, Interest::read, token); }
  /// Stops watching.
  virtual void remove(int fd) = 0;
  /// The same for a descriptor that is about to be closed.
  virtual void forget(int fd) { remove(fd); }
  /// The ready descriptors, valid until the next call; empty on a time-out or a signal.
  virtual std::span<const Ready> wait(Nanoseconds timeout) = 0;

  virtual bool edge_triggered() const { return false; }
  /// Descriptors must be below this number to be watched.
  virtual int descriptor_limit() const { return std::numeric_limits<int>::max(); }
};

using MakeDemultiplexer = std::unique_ptr<Demultiplexer> (*)(Counters&);

}  // namespace c10k
