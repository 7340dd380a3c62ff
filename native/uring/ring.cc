#include "uring/ring.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "base/system_error.h"

namespace c10k {
namespace {

int setup(unsigned entries, io_uring_params& params) {
  return static_cast<int>(::syscall(SYS_io_uring_setup, entries, &params));
}

/// Signals, time-outs and full queues are not failures: the next turn continues.
bool is_harmless(int error) {
  return error == EINTR || error == ETIME || error == EBUSY || error == EAGAIN;
}

}  // namespace

Ring::Ring(RingSizes sizes, RingChoices choices) {
  io_uring_params params{};
  for (const std::uint32_t flags : choices) {
    params = {};
    params.flags = flags | IORING_SETUP_CQSIZE | IORING_SETUP_SUBMIT_ALL;
    params.cq_entries = sizes.completions;
    fd_.reset(setup(sizes.submissions, params));
    flags_ = flags;
    if (fd_ || errno != EINVAL) break;
  }
  if (!fd_) throw SystemError(errno, "io_uring_setup");
  const std::size_t sq_bytes = params.sq_off.array + params.sq_entries * sizeof(unsigned);
  const std::size_t cq_bytes = params.cq_off.cqes + params.cq_entries * sizeof(io_uring_cqe);
  // Both queues are in one mapping: IORING_FEAT_SINGLE_MMAP, Linux 5.4.
  rings_ = Mapping(std::max(sq_bytes, cq_bytes), fd_.get(), IORING_OFF_SQ_RING);
  entries_ = Mapping(params.sq_entries * sizeof(io_uring_sqe), fd_.get(), IORING_OFF_SQES);
  sq_head_ = rings_.at<unsigned>(params.sq_off.head);
  sq_tail_ = rings_.at<unsigned>(params.sq_off.tail);
  sq_flags_ = rings_.at<unsigned>(params.sq_off.flags);
  sq_mask_ = *rings_.at<unsigned>(params.sq_off.ring_mask);
  cq_head_ = rings_.at<unsigned>(params.cq_off.head);
  cq_tail_ = rings_.at<unsigned>(params.cq_off.tail);
  cq_mask_ = *rings_.at<unsigned>(params.cq_off.ring_mask);
  submissions_ = entries_.at<io_uring_sqe>(0);
  completions_ = rings_.at<io_uring_cqe>(params.cq_off.cqes);
  // Entries are used in order, so the index array of the submission queue never changes.
  unsigned* array = rings_.at<unsigned>(params.sq_off.array);
  for (unsigned i = 0; i < params.sq_entries; ++i) array[i] = i;
}

io_uring_sqe& Ring::prepare() {
  while (unsubmitted() > sq_mask_) submit(0, 0, nullptr, 0);
  io_uring_sqe& entry = submissions_[tail_++ & sq_mask_];
  entry = {};
  return entry;
}

void Ring::enter(Nanoseconds timeout) {
  timespec limit = to_timespec(std::max<Nanoseconds>(timeout, 0));
  io_uring_getevents_arg argument{};
  argument.sigmask_sz = _NSIG / 8;
  if (timeout != kForever) argument.ts = reinterpret_cast<std::uintptr_t>(&limit);
  submit(IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG, timeout == 0 ? 0 : 1, &argument,
         sizeof argument);
}

void Ring::submit(unsigned flags, unsigned wait_for, const void* argument, std::size_t size) {
  std::atomic_ref(*sq_tail_).store(tail_, std::memory_order_release);
  ++calls_;
  const auto result =
      ::syscall(SYS_io_uring_enter, fd_.get(), unsubmitted(), wait_for, flags, argument, size);
  if (result < 0 && !is_harmless(errno)) throw SystemError(errno, "io_uring_enter");
}

bool Ring::is_settled() const {
  const unsigned flags = std::atomic_ref(*sq_flags_).load(std::memory_order_relaxed);
  return unsubmitted() == 0 && (flags & IORING_SQ_CQ_OVERFLOW) == 0;
}

}  // namespace c10k
