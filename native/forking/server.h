// The `fork` model: a process for each connection, as in Stevens, UNIX Network Programming, 5.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/connection.h"
#include "engine/timeouts.h"
#include "forking/shared_table.h"
#include "forking/transfer_file.h"
#include "net/listener.h"
#include "service/service.h"

struct rusage;

namespace c10k {

struct ForkingSpec {
  int listener;
  /// The descriptors of SharedTable, of append_row() and of TransferFile.
  int table;
  int rows;
  int transfers;
  Timeouts timeouts;
  bool lists_openings = false;
  bool lists_transfers = false;
  /// Above this, fork() fails as if the system had no process left.
  std::size_t max_children = SharedTable::kSlots;
};

/// One for each process, because signal handlers use it.
class ForkingServer {
 public:
  ForkingServer(const ForkingSpec& spec, Service& service);
  ~ForkingServer();

  /// Accepts and forks until a stop is requested; then stops the children and waits for them.
  void run();

 private:
  struct Child {
    std::uint32_t slot;
    /// The slot's counters when the child was forked.
    Totals before;
  };

  void begin(Accepted accepted);
  /// False if no process can be created now.
  bool start(Connection& connection);
  [[noreturn]] void serve(Connection& connection, SharedTable::Slot& slot, pid_t parent);
  std::uint32_t free_slot();

  static void on_child_end();
  /// Waits for the children that have ended.
  void reap();
  void finish(pid_t child, const rusage& usage);
  void end_all();
  void signal_all(int signal) const;

  void pause();
  void write(const ConnectionRecord& record);

  const ForkingSpec spec_;
  const Listener listener_;
  Service& service_;
  const SharedTable table_;
  Counters& counters_;
  TransferFile transfers_;
  std::unordered_map<pid_t, Child> children_;
  std::vector<std::uint32_t> free_;
  bool lost_row_ = false;
};

}  // namespace c10k
