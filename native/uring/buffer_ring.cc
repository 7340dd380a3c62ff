#include "uring/buffer_ring.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

#include "base/system_error.h"

namespace c10k {
namespace {

/// Padding between buffers: at addresses a power of two apart, they would map to the same cache
/// sets.
constexpr std::size_t kCacheLine = 64;

}  // namespace

BufferRing::BufferRing(const Ring& ring, unsigned count, std::size_t bytes_each)
    : bytes_each_(bytes_each),
      stride_(bytes_each + kCacheLine),
      mask_(count - 1),
      memory_(count * stride_),
      ring_(count * sizeof(io_uring_buf)),
      entries_(ring_.at<io_uring_buf>(0)) {
  io_uring_buf_reg registration{};
  registration.ring_addr = reinterpret_cast<std::uintptr_t>(entries_);
  registration.ring_entries = count;
  check(::syscall(SYS_io_uring_register, ring.fd(), IORING_REGISTER_PBUF_RING, &registration, 1),
        "io_uring_register");
  for (unsigned id = 0; id < count; ++id) recycle(static_cast<Id>(id));
  publish();
}

void BufferRing::recycle(Id id) {
  io_uring_buf& entry = entries_[tail_++ & mask_];
  entry.addr = reinterpret_cast<std::uintptr_t>(start_of(id));
  entry.len = static_cast<std::uint32_t>(bytes_each_);
  entry.bid = id;
}

// The ring's tail is stored in an unused field of the first entry: io_uring_buf_ring.
void BufferRing::publish() {
  std::atomic_ref(entries_[0].resv).store(tail_, std::memory_order_release);
}

}  // namespace c10k
