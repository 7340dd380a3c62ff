// One client thread's view of the gate: the connections it holds, and the start and end of slices.
#pragma once

#include <utility>

#include "load/board.h"
#include "load/meter.h"
#include "load/slot.h"

namespace c10k {

/// Handles skipped settings: the thread may miss settings that follow each other quickly.
class SliceGate {
 public:
  /// The loop's reaction to a new setting.
  enum class Turn {
    none,   // none: the setting was already seen, or a slice continues
    begin,  // every connection sends
    shut,   // nothing more is sent
    over    // the traffic has ended
  };

  SliceGate(const std::atomic<Board::Setting>& setting, Board::Line& line)
      : setting_(setting), line_(line) {}

  bool is_open() const { return Board::lets_send(setting_.load(std::memory_order_acquire)); }
  /// When the last slice began.
  Nanoseconds opened() const { return opened_; }

  /// Checks the gate and notifies the meter if a slice begins or ends.
  Turn look(Meter& meter, Nanoseconds at) {
    const Board::Setting setting = setting_.load(std::memory_order_acquire);
    if (setting == seen_) return Turn::none;
    const bool was_open = Board::lets_send(std::exchange(seen_, setting));
    const Gate gate = Board::gate_of(setting);
    if (gate == Gate::over) return Turn::over;
    if (was_open && gate != Gate::measured) meter.shut_slice(at);
    if (gate == Gate::shut) return Turn::shut;
    const bool begins = gate == Gate::ramp || !was_open;
    if (begins) meter.open_slice(opened_ = at);
    if (gate == Gate::measured) meter.measure_slice(at);
    return begins ? Turn::begin : Turn::none;
  }

  /// The connection waits for the gate.
  void hold(Slot& slot) {
    slot.held = true;
    ++held_;
  }
  /// False if it did not wait.
  bool release(Slot& slot) {
    if (!std::exchange(slot.held, false)) return false;
    --held_;
    return true;
  }
  std::size_t held() const { return held_; }

  /// No request is outstanding.
  void drained() { line_.drained.store(seen_, std::memory_order_release); }

 private:
  const std::atomic<Board::Setting>& setting_;
  Board::Line& line_;
  Board::Setting seen_ = 0;
  Nanoseconds opened_ = 0;
  std::size_t held_ = 0;
};

}  // namespace c10k
