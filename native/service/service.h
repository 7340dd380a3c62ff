// The interface between engines and protocols: bytes in, bytes out. Services make no system call.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/bytes.h"
#include "net/address.h"
#include "service/outbox.h"

namespace c10k {

/// The protocol state of one connection. Owns no socket and makes no system call.
class Session {
 public:
  virtual ~Session() = default;
  /// Consumes received bytes and queues the answer. Returns the number of requests completed.
  virtual std::size_t on_data(Bytes in, Outbox& out) = 0;
  /// The peer has closed its sending side.
  virtual void on_end(Outbox& out) { out.finish(); }
};

class Service {
 public:
  virtual ~Service() = default;
  /// Called concurrently from all loops.
  virtual std::unique_ptr<Session> open(const Address& peer) = 0;
};

/// Creates a service by name; throws std::invalid_argument if the name is unknown.
std::unique_ptr<Service> make_service(std::string_view name);

}  // namespace c10k
