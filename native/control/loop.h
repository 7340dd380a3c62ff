// An edge-triggered epoll loop as epoll(7) recommends: accept and read until EAGAIN.
#pragma once

#include <sys/epoll.h>
#include <sys/socket.h>

#include <functional>
#include <optional>
#include <vector>

#include "base/system_error.h"
#include "engine/engine.h"

namespace c10k {

/// `Protocol`: opened(fd) for a new connection, and ready(fd, events), which is false if the
/// connection must be closed. Created by the loop, in its descriptor table.
template <typename Protocol>
class Control final : public Engine {
 public:
  /// `arguments`: of the protocol's constructor.
  template <typename... Arguments>
  explicit Control(Arguments... arguments)
      : make_([arguments...](auto& protocol) { protocol.emplace(arguments...); }) {}

  void serve(const Listener& listener, Service&, Ledger&, const StopToken& stop,
             Timeouts) override {
    make_(protocol_);
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
        else if (fd != stop.fd() && !protocol_->ready(fd, events[i].events))
          sockets_[fd].reset();
      }
      if (timeout != kForever) timeout = accept_some(epoll, listener.fd());
    }
    for (std::size_t fd = 0; fd < sockets_.size(); ++fd) sockets_[fd].reset();
    protocol_.reset();
  }

 private:
  static constexpr int kEventsPerWait = 512;
  static constexpr int kForever = -1;
  static constexpr int kShortagePauseMs = kShortagePause / kMillisecond;

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
      protocol_->opened(fd);
      watch(epoll, fd, EPOLLIN | EPOLLOUT | EPOLLPRI | EPOLLRDHUP | EPOLLET);
    }
    return 0;
  }

  std::vector<UniqueFd> sockets_;  // by descriptor
  std::function<void(std::optional<Protocol>&)> make_;
  std::optional<Protocol> protocol_;
};

/// Whether a short read may leave bytes in the socket.
inline bool is_ending(std::uint32_t events) {
  return (events & ~(EPOLLIN | EPOLLOUT)) != 0;
}

}  // namespace c10k
