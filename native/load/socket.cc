#include "load/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "net/congestion.h"

namespace c10k {

Attempt start_connect(const Address& target, const Address* source, const std::string& congestion) {
  Attempt attempt{
      UniqueFd(::socket(target.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)), {}};
  if (!attempt.fd) return {UniqueFd(), failure_of(errno)};
  const int on = 1;
  ::setsockopt(attempt.fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (set_congestion(attempt.fd.get(), congestion) != 0) return {UniqueFd(), failure_of(errno)};
  if (source != nullptr) {
    ::setsockopt(attempt.fd.get(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (::bind(attempt.fd.get(), source->get(), source->size()) != 0)
      return {UniqueFd(), failure_of(errno)};
  }
  if (::connect(attempt.fd.get(), target.get(), target.size()) != 0 && errno != EINPROGRESS)
    return {UniqueFd(), failure_of(errno)};
  return attempt;
}

Failure failure_of(int error) {
  switch (error) {
    case 0:
      return Failure::none;
    case ECONNREFUSED:
      return Failure::refused;
    case ECONNRESET:
    case EPIPE:
      return Failure::reset;
    case ETIMEDOUT:
      return Failure::timed_out;
    case EADDRNOTAVAIL:
      return Failure::no_port;
    case EMFILE:
    case ENFILE:
      return Failure::no_descriptor;
    case EHOSTUNREACH:
    case ENETUNREACH:
      return Failure::unreachable;
    default:
      return Failure::other;
  }
}

Failure connect_result(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  if (::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) error = errno;
  return failure_of(error);
}

void end_without_time_wait(int fd) {
  ::shutdown(fd, SHUT_WR);
  const linger reset{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
}

}  // namespace c10k
