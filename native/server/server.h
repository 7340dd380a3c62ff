// A running server: its loops, each on its thread with its ledger.
#pragma once

#include <exception>
#include <mutex>
#include <string>
#include <vector>

#include "account/ledger.h"
#include "base/stop.h"
#include "base/thread.h"
#include "engine/engine.h"

namespace c10k {

struct ServerSpec {
  std::string model;
  ServiceSpec service;
  /// Listening sockets, assigned to the loops in turn; not owned.
  std::vector<int> listeners;
  unsigned loops = 1;
  Timeouts timeouts;
  /// Whether opened connections are listed too, not only closed ones.
  bool lists_openings = false;
  /// Whether transfers are recorded.
  bool lists_transfers = false;
};

class Server {
 public:
  /// Starts to serve. Throws if the model, the service or one of its options is unknown.
  explicit Server(const ServerSpec& spec);
  ~Server() { stop(); }

  /// Closes all connections and waits for the loops to end. Callable from any thread, repeatedly.
  void stop();
  /// The counters of each loop. Rethrows the exception that ended a loop early.
  std::vector<Totals> totals() const;
  /// The records of each loop added since the last call.
  std::vector<std::deque<ConnectionRecord>> take_records();
  /// The transfers of all loops added since the last call.
  TakenRows<TransferRecord> take_transfers();

 private:
  struct Loop {
    Loop(int listener, const ServerSpec& spec)
        : listener(listener),
          ledger(spec.lists_openings, spec.lists_transfers ? kMostTransfers / spec.loops : 0) {}
    const Listener listener;
    Ledger ledger;
    std::unique_ptr<Engine> engine;
    std::exception_ptr failure;
    std::atomic<bool> failed{false};
    Thread thread;
  };

  /// Serves with a private descriptor table, for every model.
  void run(Loop& loop);

  const MakeService make_service_;
  const Timeouts timeouts_;
  const bool lists_transfers_;
  StopSource stop_;
  std::once_flag stopped_;
  std::vector<std::unique_ptr<Loop>> loops_;
};

}  // namespace c10k
