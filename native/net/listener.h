// The listening socket, created identically for all server models: listen(2), accept(2).
#pragma once

#include <cstdint>
#include <string>

#include "base/unique_fd.h"
#include "net/address.h"

namespace c10k {

struct ListenerOptions {
  /// Several sockets can bind the port, and the kernel distributes connections among them.
  bool reuse_port = false;
  /// TCP congestion control; empty: the system's.
  std::string congestion;
};

/// Binds and listens, with TCP_NODELAY, which accepted sockets inherit, like the congestion
/// control. The kernel limits `backlog` to net.core.somaxconn. Throws SystemError (EADDRINUSE,
/// EACCES, …).
UniqueFd listen_on(const Address& address, int backlog, const ListenerOptions& options);

struct Accepted {
  UniqueFd fd;
  Address peer;
  int error = 0;
};

/// A non-owning view of a listening descriptor.
class Listener {
 public:
  explicit Listener(int fd) : fd_(fd) {}

  int fd() const { return fd_; }
  void set_blocking(bool blocking) const;
  /// Accepts one connection; its descriptor is non-blocking unless `blocking`.
  Accepted accept(bool blocking) const;
  /// Makes every accept() on this socket fail, including blocked ones.
  void shut_down() const;

  /// Descriptors or memory ran out: the connection stays in the queue and can be accepted later.
  static bool is_shortage(int error);
  /// The error concerns only a connection that has already ended, accept(2) "Error handling".
  static bool is_transient(int error);

 private:
  int fd_;
};

}  // namespace c10k
