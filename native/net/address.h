// An IPv4 or IPv6 address with its port: inet_pton(3), ip(7), ipv6(7).
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>

namespace c10k {

/// 28 bytes, so that a row per connection stays small (sockaddr_storage takes 128).
class Address {
 public:
  Address() = default;
  /// Throws std::invalid_argument unless `host` is a numeric address.
  Address(const std::string& host, std::uint16_t port);

  static Address local_of(int fd);
  /// The peer's address; AF_UNSPEC if it has already disconnected.
  static Address peer_of(int fd);

  std::string host() const;
  std::uint16_t port() const;
  int family() const { return any_.v4.sin_family; }

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&any_); }
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&any_); }
  socklen_t size() const { return family() == AF_INET6 ? sizeof any_.v6 : sizeof any_.v4; }
  static constexpr socklen_t capacity() { return sizeof(sockaddr_in6); }

 private:
  union {
    sockaddr_in6 v6;
    sockaddr_in v4;
  } any_{};
};

}  // namespace c10k
