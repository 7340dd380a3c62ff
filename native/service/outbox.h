// The queue of bytes that one session sends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.h"

namespace c10k {

/// Borrows bytes from on_data(), so that the engine can send them directly from the receive buffer;
/// keep() then copies the bytes that the socket didn't take. An empty outbox owns no memory.
class Outbox {
 public:
  /// Queues bytes; they must stay valid until keep().
  void write(Bytes bytes);
  /// No more bytes follow: the connection closes when everything is sent.
  void finish() { finished_ = true; }
  bool finished() const { return finished_; }

  bool empty() const { return front().empty(); }
  /// The bytes to send next, contiguous.
  Bytes front() const { return kept_ ? Bytes(kept_.get() + sent_, size_ - sent_) : borrowed_; }
  /// Whether the bytes are still borrowed, not copied.
  bool borrows() const { return !kept_; }
  /// Removes the first `count` bytes of front(), which were sent.
  void consume(std::size_t count);
  /// Copies borrowed bytes, because their buffer is about to be reused.
  void keep();

 private:
  void append(Bytes bytes);

  Bytes borrowed_;
  std::unique_ptr<std::byte[]> kept_;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
  std::uint32_t sent_ = 0;
  bool finished_ = false;
};

}  // namespace c10k
