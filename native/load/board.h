// Memory shared between client threads and the sampler, across processes: counters per thread, and
// the gate that lets the threads send.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/counter.h"
#include "base/mapping.h"

namespace c10k {

/// When the load may send. `free`: always after the release.
enum class Gate : std::uint32_t {
  free,
  shut,      // nothing is sent; outstanding requests are still answered
  ramp,      // a slice has begun: every connection sends, nothing is measured yet
  measured,  // the same, measured
  over       // the traffic has ended
};

/// Each part has one writer: the sampler writes the gate, each thread its line.
class Board {
 public:
  /// A gate value with a sequence number, so that consecutive settings differ.
  using Setting = std::uint32_t;

  struct alignas(64) Line {
    Counter answered;
    /// Bytes moved, if the protocol's unit of work is bytes.
    Counter payload;
    /// Clients that are neither idle nor finished.
    std::atomic<std::uint32_t> active{0};
    /// The last shut setting at which no request was outstanding.
    std::atomic<Setting> drained{0};
  };

  static std::size_t bytes(unsigned threads) { return sizeof(Line) * (1 + threads); }

  /// Private memory of this process.
  explicit Board(unsigned threads) : memory_(bytes(threads)) {}
  /// Shared memory of a descriptor, initially zeroed.
  Board(unsigned threads, int fd) : memory_(bytes(threads), fd) {}

  std::atomic<Setting>& gate() const { return *memory_.at<std::atomic<Setting>>(0); }
  Line& line(unsigned thread) const { return *memory_.at<Line>(sizeof(Line) * (1 + thread)); }

  static Gate gate_of(Setting setting) { return static_cast<Gate>(setting % kGates); }
  /// The setting after `setting`, with the given gate.
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
