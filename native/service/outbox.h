// What one session wants sent, in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.h"

namespace c10k {

/// Bytes are borrowed while on_data() runs, so that the engine can send them straight from the
/// receive buffer; keep() then copies what the socket refused. An empty outbox owns no memory.
class Outbox {
 public:
  /// Queues bytes that stay valid until keep().
  void write(Bytes bytes);
  /// Nothing follows: the connection closes when all is sent.
  void finish() { finished_ = true; }
  bool finished() const { return finished_; }

  bool empty() const { return front().empty(); }
  /// What to send next, as one piece.
  Bytes front() const { return kept_ ? Bytes(kept_.get() + sent_, size_ - sent_) : borrowed_; }
  /// What there is to send still lies where the session found it: nothing was copied.
  bool borrows() const { return !kept_; }
  /// Notes that the first `count` bytes of front() were sent.
  void consume(std::size_t count);
  /// Copies what is still borrowed, for the buffer is about to be used again.
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
