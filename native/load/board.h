// What the threads of a load share with the one who measures it, in memory that several processes
// map: their counts, and the gate that lets them send.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/counter.h"
#include "base/mapping.h"

namespace c10k {

/// When the load may send. `free`: always, from the release on.
enum class Gate : std::uint32_t {
  free,
  shut,      // nothing is sent; what is under way is answered
  ramp,      // a slice has begun: every connection sends, nothing is measured yet
  measured,  // the same, measured
  over       // the traffic has ended
};

/// Written by one side each: the gate by who measures, a line by its thread.
class Board {
 public:
  /// A gate as it was set once: no two settings are equal.
  using Setting = std::uint32_t;

  struct alignas(64) Line {
    Counter answered;
    /// Connections that are not idle and not done with.
    std::atomic<std::uint32_t> active{0};
    /// The last shut gate at which nothing was under way any more.
    std::atomic<Setting> drained{0};
  };

  static std::size_t bytes(unsigned threads) { return sizeof(Line) * (1 + threads); }

  /// Memory of this process alone.
  explicit Board(unsigned threads) : memory_(bytes(threads)) {}
  /// Memory behind a descriptor, zeroed when it was made.
  Board(unsigned threads, int fd) : memory_(bytes(threads), fd) {}

  std::atomic<Setting>& gate() const { return *memory_.at<std::atomic<Setting>>(0); }
  Line& line(unsigned thread) const { return *memory_.at<Line>(sizeof(Line) * (1 + thread)); }

  static Gate gate_of(Setting setting) { return static_cast<Gate>(setting % kGates); }
  /// The setting that follows on another.
  static Setting next(Setting setting, Gate gate) {
    return (setting / kGates + 1) * kGates + static_cast<Setting>(gate);
  }
  static bool lets_send(Setting setting) {
    const Gate gate = gate_of(setting);
    return gate != Gate::shut && gate != Gate::over;
  }

 private:
  static constexpr Setting kGates = 8;

  Mapping memory_;
};

}  // namespace c10k
