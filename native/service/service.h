// The seam between engines and protocols: bytes in, segments out. Services make no system call.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/bytes.h"
#include "net/address.h"
#include "service/outbox.h"

namespace c10k {

/// One connection's protocol state. Owns no socket and makes no network call.
class Session {
 public:
  virtual ~Session() = default;
  /// Consumes received bytes, queues the answer. Returns how many requests it completed.
  virtual std::size_t on_data(Bytes in, Outbox& out) = 0;
  /// The peer will send no more.
  virtual void on_end(Outbox& out) { out.finish(); }
};

class Service {
 public:
  virtual ~Service() = default;
  /// Called from every loop at once.
  virtual std::unique_ptr<Session> open(const Address& peer) = 0;
};

/// The registry of services by name; throws std::invalid_argument for one it doesn't hold.
std::unique_ptr<Service> make_service(std::string_view name);

}  // namespace c10k
