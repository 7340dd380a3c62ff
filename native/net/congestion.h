// The congestion control of a TCP socket: TCP_CONGESTION, tcp(7).
#pragma once

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <string>

namespace c10k {

/// Empty: keeps the system's default. Returns 0, or -1 with errno: EPERM if only a process with
/// CAP_NET_ADMIN may set it, ENOENT if the kernel doesn't have it.
inline int set_congestion(int fd, const std::string& name) {
  if (name.empty()) return 0;
  const auto size = static_cast<socklen_t>(name.size());
  return ::setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name.data(), size);
}

}  // namespace c10k
