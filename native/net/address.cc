#include "net/address.h"

#include <arpa/inet.h>

#include <stdexcept>

#include "base/system_error.h"

namespace c10k {

Address::Address(const std::string& host, std::uint16_t port) {
  if (::inet_pton(AF_INET, host.c_str(), &any_.v4.sin_addr) == 1) {
    any_.v4.sin_family = AF_INET;
    any_.v4.sin_port = htons(port);
  } else if (::inet_pton(AF_INET6, host.c_str(), &any_.v6.sin6_addr) == 1) {
    any_.v6.sin6_family = AF_INET6;
    any_.v6.sin6_port = htons(port);
  } else {
    throw std::invalid_argument("not a numeric IP address: " + host);
  }
}

Address Address::local_of(int fd) {
  Address address;
  socklen_t size = capacity();
  check(::getsockname(fd, address.get(), &size), "getsockname");
  return address;
}

Address Address::peer_of(int fd) {
  Address address;
  socklen_t size = capacity();
  if (::getpeername(fd, address.get(), &size) == 0) return address;
  if (errno != ENOTCONN) throw SystemError(errno, "getpeername");
  return {};
}

std::string Address::host() const {
  char text[INET6_ADDRSTRLEN] = "";
  const void* bytes = family() == AF_INET6 ? static_cast<const void*>(&any_.v6.sin6_addr)
                                           : static_cast<const void*>(&any_.v4.sin_addr);
  ::inet_ntop(family(), bytes, text, sizeof text);
  return text;
}

std::uint16_t Address::port() const {
  return ntohs(family() == AF_INET6 ? any_.v6.sin6_port : any_.v4.sin_port);
}

}  // namespace c10k
