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

/// The number of entries of the two queues; powers of two.
struct RingSizes {
  unsigned submissions = 1024;
  unsigned completions = 8192;
};

/// Sets of IORING_SETUP_* flags, in order of preference.
using RingChoices = std::span<const std::uint32_t>;

/// Used only by the thread that creates it.
class Ring {
 public:
  static constexpr Nanoseconds kForever = -1;

  /// Uses the first set of flags that the kernel accepts. Throws SystemError: EPERM or ENOSYS if
  /// io_uring is disabled.
  Ring(RingSizes sizes, RingChoices choices);

  int fd() const { return fd_.get(); }
  std::uint32_t flags() const { return flags_; }

  /// Returns the next entry, zeroed; the caller fills it before the next call. Submits first if the
  /// queue is full.
  io_uring_sqe& prepare();
  /// The number of the last prepared entry.
  unsigned last_prepared() const { return tail_ - 1; }
  /// The entry with this number, for changes; null if already submitted.
  io_uring_sqe* unsubmitted(unsigned number) const {
    return tail_ - number <= unsubmitted() ? &submissions_[number & sq_mask_] : nullptr;
  }

  /// Submits the prepared entries and waits for a completion, at most `timeout`.
  void enter(Nanoseconds timeout);
  /// The number of system calls since the last call.
  std::uint64_t take_calls() { return std::exchange(calls_, 0); }
  /// Whether all prepared entries were submitted and all completions are visible.
  bool is_settled() const;

  /// Completions have ascending numbers. Those in [first(), last()) are available.
  unsigned first() const { return *cq_head_; }
  unsigned last() const { return std::atomic_ref(*cq_tail_).load(std::memory_order_acquire); }
  const io_uring_cqe& completion(unsigned number) const { return completions_[number & cq_mask_]; }
  /// Returns the completions before this number to the kernel.
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
