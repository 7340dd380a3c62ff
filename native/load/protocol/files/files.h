// The protocol of the file service: each request is one operation. What is sent and compared is a
// file that all clients map.
#pragma once

#include <array>
#include <string>

#include "base/mapped_file.h"
#include "base/options.h"
#include "load/protocol/files/reply.h"
#include "load/protocol/protocol.h"

namespace c10k {

/// Wire formats: native/service/files. A client uploads and deletes the files `CLIENT-NTH`,
/// downloads `download`, and lists `entry-0` and so on.
class FilesProtocol {
 public:
  static constexpr bool kMovesPayload = true;

  struct Exchange {
    /// The command up to the content.
    std::array<char, 63> command;
    std::uint8_t command_bytes = 0;
    std::uint64_t sent = 0;
    FileReply reply;
  };

  /// Options: `wire`, base64 or raw; `op`; for a transfer `bytes`, its length, and `content`, the
  /// path of the file, in base64 if that is the wire format; for a list `entries`, without which
  /// any listing is right.
  FilesProtocol(const NamedOptions& options, std::uint64_t seed);

  void begin(Exchange& exchange, const RequestId& request) const;
  Bytes unsent(const Exchange& exchange) const;
  static void sent(Exchange& exchange, std::size_t bytes) { exchange.sent += bytes; }
  Answer receive(Exchange& exchange, Bytes bytes, bool end) const;
  std::uint64_t payload(const Exchange& exchange) const;
  OperationName operation(const Exchange&) const;

 private:
  enum class Op : std::uint8_t { list, upload, download, remove };

  std::string command_of(const RequestId& request) const;
  /// As it is sent.
  Bytes content() const { return file_.bytes(); }
  /// Of the content behind the command and of its end.
  std::uint64_t content_bytes() const { return op_ == Op::upload ? content().size() : 0; }
  std::size_t end_bytes() const { return is_raw_ ? 0 : kEmptyLine.size(); }
  /// The bytes of the file in so many of the content as it is sent.
  std::uint64_t decoded(std::uint64_t content) const;

  bool is_raw_;
  Op op_;
  std::uint64_t bytes_ = 0;
  MappedFile file_;
  ExpectedReply expected_;
};

}  // namespace c10k
