// The queue of bytes that one session sends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "base/bytes.h"

namespace c10k {

/// A part of a file, to be sent without a copy in user space. The descriptor is not owned.
struct FileRange {
  int fd = -1;
  std::int64_t offset = 0;
  std::size_t length = 0;
};

/// Borrows the bytes that a session writes, so that the engine can send them directly from where
/// they lie. An empty outbox owns no memory.
class Outbox {
 public:
  /// Queues bytes. They must stay valid until keep(), or until on_sent() if go_on() follows.
  void write(Bytes bytes);
  /// Queues a file behind the bytes. Only go_on() or finish() may follow.
  void send(FileRange range) { file_ = range; }
  /// The answer continues: the session's on_sent() is called when everything queued is sent.
  void go_on() { continues_ = true; }
  /// No more bytes follow: the connection closes when everything is sent.
  void finish() { finished_ = true; }
  bool continues() const { return continues_; }
  bool finished() const { return finished_; }
  /// True once after go_on(): the caller calls on_sent().
  bool take_continuation() { return std::exchange(continues_, false); }

  bool empty() const { return front().empty() && file_.length == 0; }
  /// The bytes to send next, contiguous; before the file.
  Bytes front() const { return kept_ ? Bytes(kept_.get() + sent_, size_ - sent_) : borrowed_; }
  const FileRange& file() const { return file_; }
  /// The length of everything that is queued.
  std::size_t unsent() const { return front().size() + file_.length; }
  /// The length of what is sent next: front() or, if that is empty, the file.
  std::size_t next_length() const { return front().empty() ? file_.length : front().size(); }
  /// Whether the bytes are still borrowed, not copied.
  bool borrows() const { return !kept_; }
  /// Removes the first `count` bytes of front() or, if that is empty, of the file. They were sent.
  void consume(std::size_t count);
  /// Copies borrowed bytes, because their buffer is about to be reused. Those of an answer that
  /// continues are the session's own and stay where they are.
  void keep();
  /// Queues the unsent bytes of an earlier answer before all others.
  void put_before(Outbox earlier);

 private:
  void append(Bytes bytes);
  void copy();

  Bytes borrowed_;
  std::unique_ptr<std::byte[]> kept_;
  std::uint32_t size_ = 0;
  std::uint32_t capacity_ = 0;
  std::uint32_t sent_ = 0;
  bool continues_ = false;
  bool finished_ = false;
  FileRange file_;
};

}  // namespace c10k
