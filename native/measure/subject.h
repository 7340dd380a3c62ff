// A measured server and its client: answered requests, payload, and CPU time of both.
#pragma once

#include <vector>

#include "base/cpu_time.h"
#include "load/board.h"

namespace c10k {

/// Counters and CPU clocks at one time.
struct Reading {
  Nanoseconds at = 0;
  /// Requests answered since the client started.
  double answered = 0;
  /// Bytes moved since the client started.
  double payload = 0;
  /// None if unknown.
  std::optional<Nanoseconds> server_cpu;
  std::optional<Nanoseconds> client_cpu;
};

struct SubjectSpec {
  /// The board's memory, and the eventfd(2) that wakes the client's threads; not owned.
  int board_fd = -1;
  int gate_fd = -1;
  unsigned threads = 1;
  CpuSource server;
  CpuSource client;
};

class Subject {
 public:
  /// Throws SystemError.
  explicit Subject(const SubjectSpec& spec);

  /// Reads the counters and CPU time for the same time. A reading that takes longer than usual
  /// is repeated, because this thread was descheduled.
  Reading read();
  /// Sets the gate and wakes the client's threads.
  void set(Gate gate);

  double answered() const;
  double payload() const;
  /// The client's active connections.
  unsigned active() const;
  /// Whether no request is outstanding since the gate was shut.
  bool is_drained() const;

 private:
  Reading read_once() const;
  double sum_of(Counter Board::Line::*counter) const;

  const unsigned threads_;
  const Board board_;
  const UniqueFd gate_event_;
  const CpuReader server_;
  const CpuReader client_;
  Board::Setting setting_ = 0;
  /// The duration of the shortest reading so far.
  Nanoseconds usual_ = kSecond;
};

}  // namespace c10k
