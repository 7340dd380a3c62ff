// One io_uring on raw system calls: io_uring(7), io_uring_setup(2), io_uring_enter(2).
#pragma once

#include <linux/io_uring.h>

#include <atomic>
#include <cstdint>
#include <span>
#include <utility>

#include "base/clock.h"
#include "base/mapping.h"
#include "base/unique_fd.h"

namespace c10k {

/// How many entries its two queues hold; powers of two.
struct RingSizes {
  unsigned submissions = 1024;
  unsigned completions = 8192;
};

/// Sets of IORING_SETUP_* flags, the best first.
using RingChoices = std::span<const std::uint32_t>;

/// Belongs to the thread that makes it.
class Ring {
 public:
  static constexpr Nanoseconds kForever = -1;

  /// Takes the first set of flags that the kernel knows. Throws SystemError: EPERM or ENOSYS where
  /// io_uring is disabled.
  Ring(RingSizes sizes, RingChoices choices);

  int fd() const { return fd_.get(); }
  std::uint32_t flags() const { return flags_; }

  /// The next entry, zeroed, to be filled before the next call. A full queue is submitted first.
  io_uring_sqe& prepare();
  /// The number of the entry that was prepared last.
  unsigned last_prepared() const { return tail_ - 1; }
  /// The entry of this number, to be changed; null when it was submitted.
  io_uring_sqe* unsubmitted(unsigned number) const {
    return tail_ - number <= unsubmitted() ? &submissions_[number & sq_mask_] : nullptr;
  }

  /// Submits what was prepared and waits for a completion, at most so long.
  void enter(Nanoseconds timeout);
  /// How many system calls were made since this was last asked.
  std::uint64_t take_calls() { return std::exchange(calls_, 0); }
  /// All that was prepared has been submitted, and every completion so far can be seen.
  bool is_settled() const;

  /// Completions are numbered without end. Those from first() to before last() are there.
  unsigned first() const { return *cq_head_; }
  unsigned last() const { return std::atomic_ref(*cq_tail_).load(std::memory_order_acquire); }
  const io_uring_cqe& completion(unsigned number) const { return completions_[number & cq_mask_]; }
  /// Gives those before this number back to the kernel.
  void retire(unsigned end) { std::atomic_ref(*cq_head_).store(end, std::memory_order_release); }

 private:
  void submit(unsigned flags, unsigned wait_for, const void* argument, std::size_t size);
  unsigned unsubmitted() const {
    return tail_ - std::atomic_ref(*sq_head_).load(std::memory_order_acquire);
  }

  UniqueFd fd_;
  std::uint32_t flags_ = 0;
  Mapping rings_;
  Mapping entries_;
  unsigned* sq_head_ = nullptr;
  unsigned* sq_tail_ = nullptr;
  unsigned* sq_flags_ = nullptr;
  unsigned* cq_head_ = nullptr;
  unsigned* cq_tail_ = nullptr;
  unsigned sq_mask_ = 0;
  unsigned cq_mask_ = 0;
  std::uint64_t calls_ = 0;
  unsigned tail_ = 0;  // of the submission queue, as prepared so far
  io_uring_sqe* submissions_ = nullptr;
  const io_uring_cqe* completions_ = nullptr;
};

}  // namespace c10k
