// The bulk protocol: one transfer of a fixed number of bytes per request, to the client or to the
// server. The bytes are those of base/pattern.h.
#pragma once

#include <string>
#include <vector>

#include "base/options.h"
#include "load/protocol/protocol.h"

namespace c10k {

/// `GET n\n` is answered with n bytes. `PUT n\n` is followed by n bytes and answered with `OK n\n`.
/// A refused request is answered with a line `ERROR why\n`, which may arrive before a PUT is sent.
class BulkProtocol {
 public:
  static constexpr bool kMovesPayload = true;

  struct Exchange {
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    bool is_refused = false;  // the answer is an ERROR line
  };

  /// Options: `op`, get or put; `bytes`, those of a transfer.
  BulkProtocol(const NamedOptions& options, std::uint64_t seed);

  static void begin(Exchange& exchange, const RequestId&) { exchange = {}; }
  Bytes unsent(const Exchange& exchange) const;
  static void sent(Exchange& exchange, std::size_t bytes) { exchange.sent += bytes; }
  Answer receive(Exchange& exchange, Bytes bytes, bool end) const;
  std::uint64_t payload(const Exchange& exchange) const;
  OperationName operation(const Exchange&) const { return op_ == Op::get ? "get" : "put"; }

 private:
  enum class Op : std::uint8_t { get, put };

  bool is_all_sent(const Exchange& exchange) const {
    return exchange.sent == line_bytes_ + upload_;
  }
  Answer download(Exchange& exchange, Bytes bytes) const;
  Answer confirmation(Exchange& exchange, Bytes bytes) const;
  static Answer refusal(Exchange& exchange, Bytes bytes);

  Op op_;
  std::uint64_t bytes_;
  /// The bytes that follow the request's line.
  std::uint64_t upload_;
  std::size_t line_bytes_;
  /// The request's line and the first payload of a PUT, so that a small one needs one send.
  std::vector<std::byte> opening_;
  /// The answer to a PUT.
  std::string confirmation_;
};

}  // namespace c10k
