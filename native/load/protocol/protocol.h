// The client's half of a protocol: what a connection sends, and what its answers mean. Makes no
// system call.
#pragma once

#include <concepts>
#include <cstdint>

#include "account/transfers.h"
#include "base/bytes.h"
#include "load/report.h"

namespace c10k {

/// What the bytes received so far mean for the outstanding exchange.
struct Answer {
  enum class Kind : std::uint8_t {
    partial,  // more is expected
    whole,    // the exchange is complete
    last,     // the same, and the connection can't be used again
    failed
  };

  Kind kind = Kind::partial;
  Failure failure = Failure::none;

  static constexpr Answer failed(Failure failure) { return {Kind::failed, failure}; }
};

/// Which request an exchange is.
struct RequestId {
  /// The client's number among those of all processes.
  std::uint64_t client = 0;
  std::uint64_t seed = 0;
  /// Among the client's requests, from 0.
  std::uint64_t nth = 0;
};

/// A template argument of the client loop, because a virtual call per message would slow down the
/// client. One object serves all threads. An Exchange is one connection's outstanding request with
/// what came back.
///
/// - begin: starts the exchange of a request.
/// - unsent: the bytes to send next; empty if all were sent. They stay valid during the exchange.
/// - sent: so many of them were sent.
/// - receive: compares what was received; with `end` the peer has ended the connection, no bytes
///   are given and the answer is not partial. A whole answer means that all was sent.
/// - kMovesPayload: the unit of work is bytes. payload(): how many this exchange has moved;
///   operation(): its name.
template <typename Type>
concept ClientProtocol =
    requires(const Type protocol, typename Type::Exchange exchange, Bytes bytes) {
      { Type::kMovesPayload } -> std::convertible_to<bool>;
      protocol.begin(exchange, RequestId{});
      { protocol.unsent(exchange) } -> std::same_as<Bytes>;
      protocol.sent(exchange, std::size_t{});
      { protocol.receive(exchange, bytes, bool{}) } -> std::same_as<Answer>;
      requires !Type::kMovesPayload || requires {
                                         {
                                           protocol.payload(exchange)
                                           } -> std::same_as<std::uint64_t>;
                                         {
                                           protocol.operation(exchange)
                                           } -> std::same_as<OperationName>;
                                       };
    };

}  // namespace c10k
