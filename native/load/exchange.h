// The outstanding exchange of a client on its socket: send(2) and recv(2), in turns of limited
// length.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <memory>
#include <type_traits>
#include <utility>

#include "load/board.h"
#include "load/meter.h"
#include "load/protocol/protocol.h"
#include "load/slot.h"
#include "load/socket.h"

namespace c10k {

/// When the first byte of an exchange was sent and when that of its answer was received; 0: never.
struct FirstBytes {
  Nanoseconds sent = 0;
  Nanoseconds answered = 0;
};

template <ClientProtocol Protocol>
struct ClientSlot : Slot {
  struct Nothing {};

  typename Protocol::Exchange exchange;
  /// Set if transfers are recorded.
  [[no_unique_address]] std::conditional_t<Protocol::kMovesPayload, FirstBytes, Nothing> first;
};

struct Sent {
  Failure failure = Failure::none;
  bool is_unfinished = false;  // the turn ended before the socket was full
};

struct Received {
  enum class Kind : std::uint8_t {
    partial,  // more is expected; the socket is empty now
    more,     // more is expected and may already be in the socket
    whole,
    last,
    failed
  };

  Kind kind = Kind::partial;
  Failure failure = Failure::none;
};

/// The exchanges of one thread.
template <ClientProtocol Protocol>
class Exchanges {
 public:
  using Client = ClientSlot<Protocol>;

  /// The most sends or receives of a connection in a turn, so that large transfers delay neither
  /// other connections nor timers.
  static constexpr int kCallsPerTurn = 4;

  /// `transfers`: null if they aren't recorded.
  Exchanges(std::shared_ptr<const Protocol> protocol, Meter& meter, Board::Line& line,
            BoundedRows<ClientTransfer>* transfers)
      : protocol_(std::move(protocol)), meter_(meter), line_(line), transfers_(transfers) {}

  void begin(Client& slot) {
    protocol_->begin(slot.exchange, {slot.client.number, slot.client.seed, slot.requests()});
    if constexpr (Protocol::kMovesPayload)
      if (transfers_ != nullptr) slot.first = {now(), 0};
  }

  /// Records the outstanding exchange, before what follows it on the connection.
  void end(const Client& slot, Failure failure, Nanoseconds at) {
    if constexpr (Protocol::kMovesPayload) {
      if (transfers_ == nullptr) return;
      transfers_->add({.local = slot.record.local,
                       .number = static_cast<std::uint32_t>(slot.record.requests + 1),
                       .opened = slot.record.opened,
                       .due = slot.was_due,
                       .sent = slot.first.sent,
                       .first_answer = slot.first.answered,
                       .ended = at,
                       .bytes = protocol_->payload(slot.exchange),
                       .operation = protocol_->operation(slot.exchange),
                       .failure = failure});
    }
  }

  bool has_unsent(const Client& slot) const {
    return slot.state == Slot::State::conversing && !protocol_->unsent(slot.exchange).empty();
  }

  /// Sends until all is sent, the socket is full or the turn is over.
  Sent send(Client& slot) {
    for (int calls = 0; calls < kCallsPerTurn; ++calls) {
      const Bytes rest = protocol_->unsent(slot.exchange);
      if (rest.empty()) return {};
      const ssize_t count = ::send(slot.fd.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
      if (count >= 0) {
        const auto size = static_cast<std::size_t>(count);
        slot.record.bytes_sent += size;
        count_payload(slot, [&] { protocol_->sent(slot.exchange, size); });
        if (size < rest.size()) slot.progressed_at = now();
      } else if (errno == EAGAIN) {
        return {};
      } else if (errno != EINTR) {
        return {reason_of(slot, failure_of(errno)), false};
      }
    }
    return {Failure::none, has_unsent(slot)};
  }

  /// Receives once. Bytes without an outstanding exchange are corrupt.
  Received receive(Client& slot) {
    const ssize_t count = ::recv(slot.fd.get(), buffer_.data(), buffer_.size(), 0);
    if (count < 0) {
      if (errno == EAGAIN) return {Received::Kind::partial, {}};
      if (errno == EINTR) return {Received::Kind::more, {}};
      return {Received::Kind::failed, failure_of(errno)};
    }
    const auto size = static_cast<std::size_t>(count);
    slot.record.bytes_received += size;
    if (slot.state != Slot::State::conversing)
      return {Received::Kind::failed, size == 0 ? Failure::closed_early : Failure::corrupt};
    if constexpr (Protocol::kMovesPayload)
      if (transfers_ != nullptr && slot.first.answered == 0 && size > 0)
        slot.first.answered = now();
    const Answer answer = count_payload(slot, [&] {
      return protocol_->receive(slot.exchange, Bytes(buffer_).first(size), size == 0);
    });
    switch (answer.kind) {
      case Answer::Kind::whole:
        return {Received::Kind::whole, {}};
      case Answer::Kind::last:
        return {Received::Kind::last, {}};
      case Answer::Kind::failed:
        return {Received::Kind::failed, answer.failure};
      case Answer::Kind::partial:
        break;
    }
    slot.progressed_at = now();
    return {size == buffer_.size() ? Received::Kind::more : Received::Kind::partial, {}};
  }

 private:
  /// Calls `move`, which moves bytes of the exchange, and counts its payload.
  template <typename Move>
  auto count_payload(Client& slot, Move move) {
    if constexpr (!Protocol::kMovesPayload) {
      return move();
    } else {
      const Counting counting{*this, slot, protocol_->payload(slot.exchange)};
      return move();
    }
  }

  /// Counts, when its scope ends, the payload moved since `before`.
  struct Counting {
    Exchanges& exchanges;
    Client& slot;
    const std::uint64_t before;

    ~Counting() { exchanges.moved(slot, exchanges.protocol_->payload(slot.exchange) - before); }
  };

  void moved(Client& slot, std::uint64_t bytes) {
    slot.progressed_at = now();
    slot.record.payload += bytes;
    line_.payload.add(bytes);
    meter_.moved(bytes, slot.progressed_at);
  }

  /// A peer may refuse a request and close before it has received all of it: the refusal arrived
  /// before the reset.
  Failure reason_of(Client& slot, Failure failure) {
    const bool is_refused = receive(slot).failure == Failure::rejected;
    return is_refused ? Failure::rejected : failure;
  }

  const std::shared_ptr<const Protocol> protocol_;
  Meter& meter_;
  Board::Line& line_;
  BoundedRows<ClientTransfer>* const transfers_;
  std::array<std::byte, 64 * 1024> buffer_;
};

}  // namespace c10k
