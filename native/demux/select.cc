#include "demux/select.h"

#include <sys/select.h>

#include <algorithm>
#include <bit>
#include <limits>
#include <vector>

#include "base/system_error.h"

namespace c10k {
namespace {

constexpr int kBits = std::numeric_limits<unsigned long>::digits;

/// An fd_set of any size, with the same layout.
class DescriptorSet {
 public:
  void resize(std::size_t words) { words_.resize(words); }
  void insert(int fd) { words_[fd / kBits] |= 1UL << (fd % kBits); }
  void erase(int fd) { words_[fd / kBits] &= ~(1UL << (fd % kBits)); }
  bool contains(int fd) const { return (words_[fd / kBits] >> (fd % kBits)) & 1; }
  unsigned long word(std::size_t i) const { return words_[i]; }
  void copy_from(const DescriptorSet& other, std::size_t words) {
    std::copy_n(other.words_.begin(), words, words_.begin());
  }
  fd_set* get() { return reinterpret_cast<fd_set*>(words_.data()); }

 private:
  std::vector<unsigned long> words_;
};

class Select final : public Demultiplexer {
 public:
  Select(Counters& counters, int limit) : counters_(counters), limit_(limit) { grow(FD_SETSIZE); }

  bool add(int fd, Interest interest, Token token) override {
    if (fd >= limit_) return false;
    if (static_cast<std::size_t>(fd) >= tokens_.size()) grow(std::size_t{2} * fd);
    change(fd, interest, token);
    return true;
  }

  void change(int fd, Interest interest, Token token) override {
    tokens_[fd] = token;
    if (writes_.contains(fd)) --writers_;
    if (interest == Interest::write) ++writers_;
    interest == Interest::read ? reads_.insert(fd) : reads_.erase(fd);
    interest == Interest::write ? writes_.insert(fd) : writes_.erase(fd);
    highest_ = std::max(highest_, fd);
  }

  void remove(int fd) override {
    if (writes_.contains(fd)) --writers_;
    reads_.erase(fd);
    writes_.erase(fd);
    while (highest_ >= 0 && !reads_.contains(highest_) && !writes_.contains(highest_)) --highest_;
  }

  std::span<const Ready> wait(Nanoseconds timeout) override {
    const std::size_t words = highest_ / kBits + 1;
    readable_.copy_from(reads_, words);  // select() overwrites its arguments
    writable_.copy_from(writes_, words);
    fd_set* const writable = writers_ > 0 ? writable_.get() : nullptr;
    timeval limit{timeout / kSecond, timeout % kSecond / 1000};
    counters_.add(Count::call_wait);
    timeval* const at_most = timeout == kForever ? nullptr : &limit;
    const int count =
        check_wait(::select(highest_ + 1, readable_.get(), writable, nullptr, at_most), "select");
    ready_.clear();
    if (count > 0) collect(words);
    return ready_;
  }

  int descriptor_limit() const override { return limit_; }

 private:
  void grow(std::size_t descriptors) {
    const std::size_t words = descriptors / kBits + 1;
    for (DescriptorSet* set : {&reads_, &writes_, &readable_, &writable_}) set->resize(words);
    tokens_.resize(words * kBits);
  }

  void collect(std::size_t words) {
    for (std::size_t i = 0; i < words; ++i) {
      for (unsigned long rest = readable_.word(i) | writable_.word(i); rest != 0;
           rest &= rest - 1) {
        const int fd = static_cast<int>(i * kBits) + std::countr_zero(rest);
        // select() reports FIN and RST as readable, like data; the next read distinguishes them.
        ready_.push_back({tokens_[fd], readable_.contains(fd), writable_.contains(fd), false});
      }
    }
  }

  Counters& counters_;
  const int limit_;
  int highest_ = -1;
  int writers_ = 0;
  DescriptorSet reads_, writes_, readable_, writable_;
  std::vector<Token> tokens_;  // by descriptor
  std::vector<Ready> ready_;
};

}  // namespace

std::unique_ptr<Demultiplexer> make_select(Counters& counters) {
  return std::make_unique<Select>(counters, FD_SETSIZE);
}

std::unique_ptr<Demultiplexer> make_select_wide(Counters& counters) {
  return std::make_unique<Select>(counters, std::numeric_limits<int>::max());
}

}  // namespace c10k
