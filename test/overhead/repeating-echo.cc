// A raw epoll echo that uses more CPU time than its twin by a known share: repeating-echo PORT
// REPEATS.
// After an echo it sends the same bytes once more, to itself, REPEATS times on average. That is the
// same kind of work: a loop in user mode would cost another share whenever memory gets slower.
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "plain.h"

namespace {

// Two ends of one connection, on loopback like all the others.
struct Loop {
  int near = check(::socket(AF_INET, SOCK_STREAM, 0), "socket");
  int far = -1;

  Loop() {
    const int listener = listen_on(0);
    sockaddr_in address{};
    socklen_t length = sizeof address;
    check(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length), "getsockname");
    check(::connect(near, reinterpret_cast<sockaddr*>(&address), length), "connect");
    far = check(::accept(listener, nullptr, nullptr), "accept");
    const int on = 1;
    ::setsockopt(near, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::close(listener);
  }

  void pass(char* data, ssize_t size) const {
    check(::send(near, data, size, MSG_NOSIGNAL), "send");
    check(::recv(far, data, size, MSG_WAITALL), "recv");
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const Loop loop;
  const int listener = listen_on(static_cast<std::uint16_t>(std::atoi(argv[1])));
  const double repeats = std::atof(argv[2]);
  double due = 0;
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
      for (due += repeats; due >= 1; --due) loop.pass(buffer.data(), size);
    }
  }
}
