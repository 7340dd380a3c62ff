// The load of one client process: its threads and their phases.
#pragma once

#include <atomic>
#include <deque>
#include <exception>
#include <memory>
#include <vector>

#include "base/thread.h"
#include "load/client_loop.h"

namespace c10k {

class Load {
 public:
  /// Starts the threads; they connect from `begin` (CLOCK_MONOTONIC) on.
  Load(const LoadSpec& spec, Nanoseconds begin);
  ~Load() { abort(); }

  /// Blocks until every connection is open or has failed. Throws what ended a thread.
  void wait_connected();
  /// Lets the traffic begin at this instant.
  void go(Nanoseconds at);
  /// Blocks until no connection has a message left to send or an answer to await.
  void wait_drained();
  /// Closes the idle connections and ends the threads: a report each, also of one that failed.
  std::vector<ThreadReport> finish();
  /// Closes everything at once; finish() still reports.
  void abort();

  struct Snapshot {
    std::uint64_t connected = 0;
    std::uint64_t open = 0;
    std::uint64_t requests = 0;
    std::uint64_t failures = 0;
    /// Latencies of the last whole second, a histogram for each thread.
    std::vector<SparseHistogram> last_second;
  };
  Snapshot progress() const;

 private:
  struct Runner {
    std::unique_ptr<ClientLoop> loop;
    std::exception_ptr failure;
    std::atomic<bool> failed{false};
  };

  void run(Runner& runner, Nanoseconds begin);
  void rethrow_failure() const;
  void wake_all() const;

  const LoadSpec spec_;
  const Messages messages_;
  const Board board_;
  Conductor conductor_;
  std::deque<Runner> runners_;
  std::vector<Thread> threads_;
};

}  // namespace c10k
