#include "net/listener.h"

#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>

#include "base/system_error.h"
#include "net/congestion.h"

namespace c10k {

UniqueFd listen_on(const Address& address, int backlog, const ListenerOptions& options) {
  UniqueFd fd(check(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  const int on = 1;
  check(::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "setsockopt");
  if (options.reuse_port)
    check(::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on), "setsockopt");
  check(::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
  check(set_congestion(fd.get(), options.congestion), "setsockopt");
  check(::bind(fd.get(), address.get(), address.size()), "bind");
  check(::listen(fd.get(), backlog), "listen");
  return fd;
}

void Listener::set_blocking(bool blocking) const {
  const int flags = check(::fcntl(fd_, F_GETFL), "fcntl");
  const int wanted = blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
  if (wanted != flags) check(::fcntl(fd_, F_SETFL, wanted), "fcntl");
}

Accepted Listener::accept(bool blocking) const {
  Accepted accepted;
  socklen_t size = Address::capacity();
  accepted.fd.reset(
      ::accept4(fd_, accepted.peer.get(), &size, SOCK_CLOEXEC | (blocking ? 0 : SOCK_NONBLOCK)));
  if (!accepted.fd) accepted.error = errno;
  return accepted;
}

void Listener::shut_down() const {
  ::shutdown(fd_, SHUT_RDWR);
}

bool Listener::is_shortage(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

bool Listener::is_transient(int error) {
  return error == ECONNABORTED || error == EINTR || error == EPROTO || error == EPERM ||
         error == ENETDOWN || error == EHOSTUNREACH || error == ENETUNREACH ||
         error == ENOPROTOOPT || error == EHOSTDOWN || error == ENONET || error == EOPNOTSUPP;
}

}  // namespace c10k
