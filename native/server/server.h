// A running server: its loops on their threads, their accounts, and the way to stop them.
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
  std::string service;
  /// Listening sockets, dealt to the loops in turn; they stay the caller's.
  std::vector<int> listeners;
  unsigned loops = 1;
  Timeouts timeouts;
};

class Server {
 public:
  /// Starts to serve. Throws for an unknown model or service.
  explicit Server(const ServerSpec& spec);
  ~Server() { stop(); }

  /// Closes all connections and waits for the loops to end. Any thread may call it, more than once.
  void stop();
  /// Each loop's counts. Throws what ended a loop early.
  std::vector<Totals> totals() const;
  /// Each loop's connections that have closed since the last call.
  std::vector<std::deque<ConnectionRecord>> take_records();

 private:
  struct Loop {
    explicit Loop(int listener) : listener(listener) {}
    const Listener listener;
    Ledger ledger;
    std::unique_ptr<Engine> engine;
    std::exception_ptr failure;
    std::atomic<bool> failed{false};
    Thread thread;
  };

  /// Serves with a descriptor table of the loop's own, whichever the model.
  void run(Loop& loop);

  std::unique_ptr<Service> service_;
  const Timeouts timeouts_;
  StopSource stop_;
  std::once_flag stopped_;
  std::vector<std::unique_ptr<Loop>> loops_;
};

}  // namespace c10k
