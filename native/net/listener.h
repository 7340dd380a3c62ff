// The listening socket that every server model is given, made one way for all: listen(2),
// accept(2).
#pragma once

#include <cstdint>

#include "base/unique_fd.h"
#include "net/address.h"

namespace c10k {

/// Binds and listens, with TCP_NODELAY for the sockets that it will accept. `backlog` is cut by the
/// kernel to net.core.somaxconn. With `reuse_port` others may be bound there as well, and the
/// kernel deals the connections among them. Throws SystemError (EADDRINUSE, EACCES, …).
UniqueFd listen_on(const Address& address, int backlog, bool reuse_port);

struct Accepted {
  UniqueFd fd;
  Address peer;
  int error = 0;
};

/// Somebody else's listening descriptor.
class Listener {
 public:
  explicit Listener(int fd) : fd_(fd) {}

  int fd() const { return fd_; }
  void set_blocking(bool blocking) const;
  /// One connection; its descriptor is non-blocking if the listener is.
  Accepted accept(bool blocking) const;
  /// Makes every accept() on this socket fail, the blocked ones too.
  void shut_down() const;

  /// A lack of descriptors or memory: the connection stays in the queue, to be accepted later.
  static bool is_shortage(int error);
  /// Concerns one connection that is gone already, accept(2) "Error handling".
  static bool is_transient(int error);

 private:
  int fd_;
};

}  // namespace c10k
