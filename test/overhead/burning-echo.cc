// A raw epoll echo that also burns CPU time for each one: burning-echo PORT ROUNDS.
// The twin of another that burns a little less: can a difference of known size be measured?
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "plain.h"

namespace {

volatile std::uint64_t sink;

// Rounds and not time are burned, so that the share of an echo stays the same where the CPU's speed
// changes.
void burn(std::uint64_t rounds) {
  std::uint64_t value = sink;
  for (std::uint64_t i = 0; i < rounds; ++i) value = value * 6364136223846793005U + 1;
  sink = value;
}

int listen_on(std::uint16_t port) {
  const int fd = check(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  check(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), "bind");
  check(::listen(fd, 4096), "listen");
  return fd;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const int listener = listen_on(static_cast<std::uint16_t>(std::atoi(argv[1])));
  const auto rounds = static_cast<std::uint64_t>(std::atoll(argv[2]));
  const int epoll = check(::epoll_create1(0), "epoll_create1");
  epoll_event wanted{.events = EPOLLIN, .data = {.fd = listener}};
  check(::epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &wanted), "epoll_ctl");
  std::array<epoll_event, 512> events;
  std::array<char, 16384> buffer;
  for (;;) {
    const int count = ::epoll_wait(epoll, events.data(), events.size(), -1);
    for (int i = 0; i < count; ++i) {
      const int fd = events[i].data.fd;
      if (fd == listener) {
        const int peer = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
        if (peer < 0) continue;
        epoll_event event{.events = EPOLLIN | EPOLLET, .data = {.fd = peer}};
        ::epoll_ctl(epoll, EPOLL_CTL_ADD, peer, &event);
        continue;
      }
      const ssize_t size = ::recv(fd, buffer.data(), buffer.size(), 0);
      if (size < 0 && errno == EAGAIN) continue;
      if (size <= 0 || ::send(fd, buffer.data(), size, MSG_NOSIGNAL) != size) {
        ::close(fd);
        continue;
      }
      burn(rounds);
    }
  }
}
