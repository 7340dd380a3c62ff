#include "control/control.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <vector>

#include "base/system_error.h"

namespace c10k {
namespace {

constexpr int kEventsPerWait = 512;
constexpr int kForever = -1;
constexpr int kShortagePauseMs = kShortagePause / kMillisecond;

/// Edge-triggered echo as epoll(7) recommends: accept and read until EAGAIN.
class Control final : public Engine {
 public:
  void serve(const Listener& listener, Service&, Ledger&, const StopToken& stop,
             Timeouts) override {
    listener.set_blocking(false);
    const UniqueFd epoll(check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1"));
    watch(epoll, listener.fd(), EPOLLIN | EPOLLET);
    watch(epoll, stop.fd(), EPOLLIN);
    std::vector<epoll_event> events(kEventsPerWait);
    int timeout = kForever;
    while (!stop.requested()) {
      const int count = ::epoll_wait(epoll.get(), events.data(), kEventsPerWait, timeout);
      for (int i = 0; i < count; ++i) {
        const int fd = events[i].data.fd;
        if (fd == listener.fd())
          timeout = accept_some(epoll, fd);
        else if (fd != stop.fd())
          echo(fd, (events[i].events & ~(EPOLLIN | EPOLLOUT)) != 0);
      }
      if (timeout != kForever) timeout = accept_some(epoll, listener.fd());
    }
    for (std::size_t fd = 0; fd < sockets_.size(); ++fd) sockets_[fd].reset();
  }

 private:
  static bool watch(const UniqueFd& epoll, int fd, std::uint32_t events) {
    epoll_event event{.events = events, .data = {.fd = fd}};
    return ::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event) == 0;
  }

  // Returns the delay in ms until the next call: no further event reports connections left in the
  // queue.
  int accept_some(const UniqueFd& epoll, int listener) {
    for (int i = 0; i < kAcceptsPerTurn; ++i) {
      const int fd = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (fd < 0 && Listener::is_transient(errno)) continue;
      if (fd < 0) return Listener::is_shortage(errno) ? kShortagePauseMs : kForever;
      if (static_cast<std::size_t>(fd) >= sockets_.size()) sockets_.resize(fd + 1024);
      sockets_[fd].reset(fd);
      watch(epoll, fd, EPOLLIN | EPOLLOUT | EPOLLPRI | EPOLLRDHUP | EPOLLET);
    }
    return 0;
  }

  void echo(int fd, bool ending) {
    for (;;) {
      const ssize_t count = ::recv(fd, buffer_, sizeof buffer_, 0);
      if (count < 0 && errno == EAGAIN) return;
      if (count <= 0 || ::send(fd, buffer_, count, MSG_NOSIGNAL) != count)
        return sockets_[fd].reset();
      if (count < static_cast<ssize_t>(sizeof buffer_) && !ending) return;
    }
  }

  std::vector<UniqueFd> sockets_;  // by descriptor
  char buffer_[16 * 1024];
};

}  // namespace

std::unique_ptr<Engine> make_control() {
  return std::make_unique<Control>();
}

}  // namespace c10k
