// Provided buffers, which the kernel selects when data arrives: io_uring_register(2),
// IORING_REGISTER_PBUF_RING.
#pragma once

#include <linux/io_uring.h>

#include <cstdint>

#include "base/bytes.h"
#include "base/mapping.h"
#include "uring/ring.h"

namespace c10k {

/// Buffer group 0 of a ring. A buffer that the kernel has filled belongs to us until recycle().
class BufferRing {
 public:
  using Id = std::uint16_t;

  /// `count`: a power of two. Throws SystemError.
  BufferRing(const Ring& ring, unsigned count, std::size_t bytes_each);

  static Id id_of(const io_uring_cqe& completion) {
    return static_cast<Id>(completion.flags >> IORING_CQE_BUFFER_SHIFT);
  }
  Bytes bytes(const io_uring_cqe& completion) const {
    return {start_of(id_of(completion)), static_cast<std::size_t>(completion.res)};
  }
  /// Takes effect at publish().
  void recycle(Id id);
  void publish();

 private:
  std::byte* start_of(Id id) const { return memory_.at<std::byte>(id * stride_); }

  const std::size_t bytes_each_;
  const std::size_t stride_;
  const unsigned mask_;
  Mapping memory_;
  Mapping ring_;
  io_uring_buf* entries_;
  std::uint16_t tail_ = 0;
};

}  // namespace c10k
