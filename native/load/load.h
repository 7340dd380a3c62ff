// The load of one client process: its threads and their phases.
#pragma once

#include <atomic>
#include <deque>
#include <exception>
#include <memory>
#include <vector>

#include "base/thread.h"
#include "load/client_thread.h"

namespace c10k {

class Load {
 public:
  /// Starts the threads; they connect from `begin` (CLOCK_MONOTONIC) on. Throws
  /// std::invalid_argument for a wrong protocol or option.
  Load(const LoadSpec& spec, Nanoseconds begin);
  ~Load() { abort(); }

  /// Blocks until every client is connected or has failed. Rethrows the exception that ended a
  /// thread.
  void wait_connected();
  /// Starts the traffic at this time.
  void go(Nanoseconds at);
  /// Blocks until no client has a message to send or an answer outstanding.
  void wait_drained();
  /// Closes the idle connections and ends the threads. Returns a report for each, including failed
  /// ones.
  std::vector<ThreadReport> finish();
  /// Closes all connections at once; finish() still reports.
  void abort();

  struct Snapshot {
    std::uint64_t connected = 0;
    std::uint64_t open = 0;
    std::uint64_t requests = 0;
    std::uint64_t payload = 0;
    std::uint64_t failures = 0;
    std::uint64_t retries = 0;
    /// Latencies of the last whole second, one histogram per thread.
    std::vector<SparseHistogram> last_second;
  };
  Snapshot progress() const;

 private:
  struct Runner {
    std::unique_ptr<ClientThread> loop;
    std::exception_ptr failure;
    std::atomic<bool> failed{false};
  };

  void run(Runner& runner, Nanoseconds begin);
  void rethrow_failure() const;
  void wake_all() const;

  const LoadSpec spec_;
  const Board board_;
  Conductor conductor_;
  std::deque<Runner> runners_;
  std::vector<Thread> threads_;
};

}  // namespace c10k
