// The interface between engines and protocols: bytes in, bytes out. Services make no system call on
// a connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/options.h"
#include "net/address.h"
#include "service/outbox.h"
#include "service/transfer_recorder.h"
#include "storage/work.h"

namespace c10k {

/// What a session has completed in one call.
struct Done {
  std::uint32_t requests = 0;
  /// Requests answered with an error; not among `requests`.
  std::uint32_t refused = 0;
  StorageWork storage = {};
};

/// The protocol state of one connection. Owns no socket and makes no system call. An answer of any
/// length takes constant memory: the session queues a part of it and calls Outbox::go_on().
class Session {
 public:
  virtual ~Session() = default;
  /// Consumes received bytes and queues the answer. Not called before all that was queued earlier
  /// is sent: what the session can't handle yet, it keeps (UnreadInput).
  virtual Done on_data(Bytes in, Outbox& out) = 0;
  /// After Outbox::go_on(): everything queued is with the kernel.
  virtual Done on_sent(Outbox&) { return {}; }
  /// The peer has closed its sending side: called once, and nothing is received afterwards. The
  /// session finishes the outbox now or, if its answer goes on, in a later on_sent().
  virtual Done on_end(Outbox& out) {
    out.finish();
    return {};
  }
};

/// Used by one loop, unless it is shared by threads that serve its connections.
class Service {
 public:
  virtual ~Service() = default;
  /// Called concurrently from the threads of a loop. `transfers`: valid as long as the session.
  virtual std::unique_ptr<Session> open(const Address& peer, TransferReports transfers) = 0;
  /// The receive buffer size with which every model serves it, so that buffer size doesn't affect
  /// comparisons.
  virtual std::size_t receive_bytes() const = 0;

  /// From now on the transfers of new connections are recorded. The log must outlive them.
  void record_transfers(TransferLog& log) { transfer_log_ = &log; }
  /// Null: they aren't recorded.
  TransferLog* transfer_log() const { return transfer_log_; }

 private:
  TransferLog* transfer_log_ = nullptr;
};

/// A number that every implementation of a service must share.
struct ServiceLimit {
  const char* name;
  std::uint64_t value;
};

/// Those of the service; none if it is unknown.
std::span<const ServiceLimit> service_limits(const std::string& name);

struct ServiceSpec {
  std::string name;
  NamedOptions options;
};

/// Creates a service for the calling thread's descriptor table.
using MakeService = std::function<std::unique_ptr<Service>()>;

/// Creates none yet. Throws std::invalid_argument if the name or an option is wrong.
MakeService read_service(const ServiceSpec& spec);

}  // namespace c10k
