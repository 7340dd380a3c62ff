// A client thread as the load drives it, whatever its protocol.
#pragma once

#include "load/client_connections.h"

namespace c10k {

class ClientThread {
 public:
  virtual ~ClientThread() = default;

  /// Connects from `begin` on, sends traffic, drains; returns when the conductor finishes or
  /// aborts.
  virtual void run(Nanoseconds begin) = 0;
  /// Makes run() check the conductor; callable from any thread.
  virtual void wake() const = 0;

  virtual const Progress& progress() const = 0;
  virtual const Board::Line& line() const = 0;
  virtual SparseHistogram last_second() const = 0;
  /// Call after run() has returned.
  virtual ThreadReport take_report() = 0;
};

}  // namespace c10k
