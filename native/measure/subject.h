// A server and its client, as whoever measures them sees them: what was answered, and the CPU time
// of both.
#pragma once

#include <vector>

#include "base/cpu_time.h"
#include "load/board.h"

namespace c10k {

/// Counts and clocks at one instant.
struct Reading {
  Nanoseconds at = 0;
  /// Requests answered since the client began.
  double answered = 0;
  /// None where nothing accounts for the processes.
  std::optional<Nanoseconds> server_cpu;
  std::optional<Nanoseconds> client_cpu;
};

struct SubjectSpec {
  /// The board's memory, and the eventfd(2) that wakes the client's threads; they stay the
  /// caller's.
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

  /// What was answered and the CPU time it cost, as of the same instant: a reading that took longer
  /// than usual, because this thread was off its CPU, is taken again.
  Reading read();
  /// Lets the client's threads know.
  void set(Gate gate);

  double answered() const;
  /// Connections that the client has not done with.
  unsigned active() const;
  /// Nothing is under way since the gate was shut.
  bool is_drained() const;

 private:
  Reading read_once() const;

  const unsigned threads_;
  const Board board_;
  const UniqueFd gate_event_;
  const CpuReader server_;
  const CpuReader client_;
  Board::Setting setting_ = 0;
  /// The shortest reading so far.
  Nanoseconds usual_ = kSecond;
};

}  // namespace c10k
