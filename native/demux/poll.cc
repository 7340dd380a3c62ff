#include "demux/poll.h"

#include <poll.h>

#include <vector>

#include "base/system_error.h"

namespace c10k {
namespace {

class Poll final : public Demultiplexer {
 public:
  explicit Poll(Counters& counters) : counters_(counters) {}

  bool add(int fd, Interest interest, Token token) override {
    if (static_cast<std::size_t>(fd) >= position_.size()) position_.resize(fd + 1);
    position_[fd] = entries_.size();
    entries_.push_back({fd, mask_of(interest), 0});
    tokens_.push_back(token);
    return true;
  }

  void change(int fd, Interest interest, Token token) override {
    entries_[position_[fd]].events = mask_of(interest);
    tokens_[position_[fd]] = token;
  }

  // Moves the last entry into the freed place: the kernel scans the whole array, so it must have no
  // holes.
  void remove(int fd) override {
    const std::size_t hole = position_[fd];
    entries_[hole] = entries_.back();
    tokens_[hole] = tokens_.back();
    position_[entries_[hole].fd] = hole;
    entries_.pop_back();
    tokens_.pop_back();
  }

  std::span<const Ready> wait(Nanoseconds timeout) override {
    const int milliseconds = timeout == kForever ? -1 : static_cast<int>(timeout / kMillisecond);
    counters_.add(Count::call_wait);
    int left = check_wait(::poll(entries_.data(), entries_.size(), milliseconds), "poll");
    ready_.clear();
    for (std::size_t i = 0; left > 0 && i < entries_.size(); ++i) {
      if (entries_[i].revents == 0) continue;
      ready_.push_back(ready_of(entries_[i], tokens_[i]));
      --left;
    }
    return ready_;
  }

 private:
  static short mask_of(Interest interest) {
    return interest == Interest::read ? POLLIN | POLLRDHUP : POLLOUT;
  }

  static Ready ready_of(const pollfd& entry, Token token) {
    constexpr short hangup = POLLRDHUP | POLLHUP | POLLERR;
    return {.token = token,
            .readable = (entry.revents & (POLLIN | hangup)) != 0,
            .writable = (entry.revents & (POLLOUT | POLLHUP | POLLERR)) != 0,
            .hangup = (entry.revents & hangup) != 0};
  }

  Counters& counters_;
  std::vector<pollfd> entries_;
  std::vector<Token> tokens_;
  std::vector<std::size_t> position_;  // of a descriptor in entries_
  std::vector<Ready> ready_;
};

}  // namespace

std::unique_ptr<Demultiplexer> make_poll(Counters& counters) {
  return std::make_unique<Poll>(counters);
}

}  // namespace c10k
