// What the wire formats of the file service have in common: how commands, contents and replies are
// framed.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "service/files/command.h"
#include "service/outbox.h"
#include "storage/storage.h"

namespace c10k {

/// The framing of one connection. What it puts into the outbox stays valid until it is sent.
class Wire {
 public:
  virtual ~Wire() = default;

  /// The command at the beginning of what was received.
  struct Head {
    FileCommand command;
    /// Those before the next command or, for an upload, before its content; 0: incomplete.
    std::size_t bytes = 0;
  };
  virtual Head read_head(Bytes unread) const = 0;

  /// A part of an upload's content.
  struct Content {
    std::size_t read = 0;
    Bytes bytes;
    bool is_whole = false;
    /// Null: it is correct so far.
    const char* error = nullptr;
  };
  virtual void begin_content(const FileCommand& upload) = 0;
  /// The bytes are valid until the next call. After an error the rest is still read. `unread` may
  /// be empty: a content may have no bytes.
  virtual Content read_content(Bytes unread) = 0;
  /// The most that a client sends for a content of this length.
  virtual std::uint64_t most_received(std::uint64_t length) const = 0;

  /// Whole replies.
  virtual void confirm(Outbox& out) = 0;
  virtual void refuse(std::string_view why, Outbox& out) = 0;
  virtual void list(const std::vector<std::string>& names, Outbox& out) = 0;

  /// A part of the reply to GET.
  struct Part {
    /// Bytes of the file in it.
    std::uint64_t length = 0;
    bool is_last = false;
    /// The file can't be read.
    bool failed = false;
  };
  /// Queues the next part, from a position of the file.
  virtual Part send(const StoredFile& file, std::uint64_t position, Outbox& out,
                    StorageWork& work) = 0;
  /// Whether a file is sent as it is, so that queued bytes are bytes of the file.
  virtual bool is_verbatim() const = 0;
  /// Frees the buffers of a transfer.
  virtual void end_transfer() {}
};

std::unique_ptr<Wire> make_raw_wire();
std::unique_ptr<Wire> make_base64_wire();

}  // namespace c10k
