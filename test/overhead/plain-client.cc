// The simplest closed-loop echo client: epoll(7), edge-triggered; no rows, no clock, no comparison.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "plain.h"

namespace {

constexpr int kEventsPerWait = 512;  // as c10k's client

timespec to_timespec(double seconds) {
  const auto whole = static_cast<time_t>(seconds);
  return {whole, static_cast<long>((seconds - static_cast<double>(whole)) * 1e9)};
}

void watch(int epoll, int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  check(::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

void send_line(int fd, const std::string& line) {
  if (::send(fd, line.data(), line.size(), MSG_NOSIGNAL) < 0) die("send");
}

/// Answers echoes until the timer has expired; returns their number.
std::uint64_t converse(int epoll, int timer, const std::string& line) {
  static epoll_event events[kEventsPerWait];
  static char buffer[64 * 1024];
  std::uint64_t requests = 0;
  for (bool expired = false; !expired;) {
    const int count = ::epoll_wait(epoll, events, kEventsPerWait, -1);
    for (int i = 0; i < count; ++i) {
      const int fd = events[i].data.fd;
      if (fd == timer) {
        std::uint64_t times = 0;
        expired = ::read(timer, &times, sizeof times) > 0;  // which sets it for the next phase
        continue;
      }
      if (::recv(fd, buffer, sizeof buffer, 0) <= 0) die("recv");
      ++requests;
      send_line(fd, line);
    }
  }
  return requests;
}

}  // namespace

/// plain-client PORT CONNECTIONS WARMUP_SECONDS SECONDS TEXT
int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const int epoll = check(::epoll_create1(0), "epoll_create1");
  const int timer = check(::timerfd_create(CLOCK_MONOTONIC, 0), "timerfd_create");
  watch(epoll, timer, EPOLLIN | EPOLLET);
  const std::string line = std::string(argv[5]) + '\n';
  for (int left = std::atoi(argv[2]); left > 0; --left) {
    const int fd = connect_to(static_cast<std::uint16_t>(std::atoi(argv[1])));
    watch(epoll, fd, EPOLLIN | EPOLLET);
    send_line(fd, line);
  }
  const itimerspec phases{to_timespec(std::atof(argv[4])), to_timespec(std::atof(argv[3]))};
  check(::timerfd_settime(timer, 0, &phases, nullptr), "timerfd_settime");
  converse(epoll, timer, line);
  const double cpu = cpu_seconds();
  const double start = wall_seconds();
  const std::uint64_t requests = converse(epoll, timer, line);
  print_result(requests, wall_seconds() - start, cpu_seconds() - cpu);
}
