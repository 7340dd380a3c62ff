// The echo protocol: a request is a line, and its answer is the same line.
#pragma once

#include <cstring>

#include "base/options.h"
#include "load/protocol/echo/messages.h"
#include "load/protocol/protocol.h"

namespace c10k {

class EchoProtocol {
 public:
  static constexpr bool kMovesPayload = false;

  struct Exchange {
    Bytes message;
    std::size_t sent = 0;
    std::size_t received = 0;  // at most `sent`
  };

  /// Options: `text`, or `low` and `high`, the bytes of random messages; the '\n' is added.
  EchoProtocol(const NamedOptions& options, std::uint64_t seed);

  void begin(Exchange& exchange, const RequestId& request) const {
    exchange = {bytes_of(messages_.of(request.seed, request.nth)), 0, 0};
  }
  static Bytes unsent(const Exchange& exchange) { return exchange.message.subspan(exchange.sent); }
  static void sent(Exchange& exchange, std::size_t bytes) { exchange.sent += bytes; }

  static Answer receive(Exchange& exchange, Bytes bytes, bool end) {
    if (end) return Answer::failed(Failure::closed_early);
    if (bytes.size() > exchange.sent - exchange.received ||
        std::memcmp(bytes.data(), exchange.message.data() + exchange.received, bytes.size()) != 0)
      return Answer::failed(Failure::corrupt);
    exchange.received += bytes.size();
    return {exchange.received == exchange.message.size() ? Answer::Kind::whole
                                                         : Answer::Kind::partial};
  }

 private:
  const Messages messages_;
};

}  // namespace c10k
