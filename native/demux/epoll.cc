#include "demux/epoll.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>

#include "base/system_error.h"
#include "base/unique_fd.h"

namespace c10k {
namespace {

constexpr int kEventsPerWait = 512;

class Epoll final : public Demultiplexer {
 public:
  Epoll(Counters& counters, bool edge)
      : counters_(counters),
        edge_(edge),
        epoll_(check(::epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {}

  bool add(int fd, Interest interest, Token token) override {
    return control(EPOLL_CTL_ADD, fd, mask_of(interest), token);
  }

  void change(int fd, Interest interest, Token token) override {
    if (!edge_) control(EPOLL_CTL_MOD, fd, mask_of(interest), token);
  }

  // EPOLLEXCLUSIVE: a new connection doesn't wake all loops that wait on the listener:
  // epoll_ctl(2).
  bool add_listener(int fd, Token token) override {
    const std::uint32_t trigger = edge_ ? std::uint32_t{EPOLLET} : 0;
    return control(EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLEXCLUSIVE | trigger, token);
  }

  void remove(int fd) override { control(EPOLL_CTL_DEL, fd, 0, 0); }

  // Closing the last descriptor of a socket removes it from the set: epoll(7), question 6.
  void forget(int) override {}

  std::span<const Ready> wait(Nanoseconds timeout) override {
    const int milliseconds = timeout == kForever ? -1 : static_cast<int>(timeout / kMillisecond);
    counters_.add(Count::call_wait);
    const int count = check_wait(
        ::epoll_wait(epoll_.get(), events_.data(), kEventsPerWait, milliseconds), "epoll_wait");
    for (int i = 0; i < count; ++i) ready_[i] = ready_of(events_[i]);
    return {ready_.data(), static_cast<std::size_t>(count)};
  }

  bool edge_triggered() const override { return edge_; }

 private:
  bool control(int operation, int fd, std::uint32_t events, Token token) {
    epoll_event event{.events = events, .data = {.u64 = token}};
    counters_.add(Count::call_control);
    return ::epoll_ctl(epoll_.get(), operation, fd, &event) == 0;
  }

  std::uint32_t mask_of(Interest interest) const {
    // EPOLLPRI: recv(2) stops at the urgent mark, so urgent data also causes a short read of a
    // non-empty socket.
    if (edge_) return EPOLLIN | EPOLLOUT | EPOLLPRI | EPOLLRDHUP | EPOLLET;
    return interest == Interest::read ? EPOLLIN | EPOLLRDHUP : std::uint32_t{EPOLLOUT};
  }

  static Ready ready_of(const epoll_event& event) {
    constexpr std::uint32_t hangup = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
    return {.token = event.data.u64,
            .readable = (event.events & (EPOLLIN | hangup)) != 0,
            .writable = (event.events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0,
            .hangup = (event.events & (hangup | EPOLLPRI)) != 0};
  }

  Counters& counters_;
  const bool edge_;
  UniqueFd epoll_;
  std::array<epoll_event, kEventsPerWait> events_;
  std::array<Ready, kEventsPerWait> ready_;
};

}  // namespace

std::unique_ptr<Demultiplexer> make_epoll_edge(Counters& counters) {
  return std::make_unique<Epoll>(counters, true);
}

std::unique_ptr<Demultiplexer> make_epoll_level(Counters& counters) {
  return std::make_unique<Epoll>(counters, false);
}

}  // namespace c10k
