// Measures a server at a stretch, or two in alternating slices. See docs/methodology.md,
// "Sliced trials".
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <vector>

#include "base/stop.h"
#include "measure/subject.h"

namespace c10k {

/// A stretch of traffic between two readings.
struct Stretch {
  /// Which subject was served.
  unsigned subject = 0;
  /// When its traffic began; the stretch is measured from a round trip of all connections later on.
  Nanoseconds opened = 0;
  Reading from;
  Reading to;
  /// CPU time that the other server used meanwhile, though nothing was asked of it.
  std::optional<Nanoseconds> idle_cpu;
  /// Connections served.
  unsigned connections = 0;
  /// Everything was answered after the gate was shut, and when.
  bool drained = true;
  Nanoseconds drained_at = 0;
};

struct SamplerSpec {
  std::vector<SubjectSpec> subjects;
  /// Where the sampling thread may run.
  std::vector<int> cpus;
  std::uint64_t seed = 1;
  /// How long the answers of a slice may take after its end.
  Nanoseconds drain_timeout = 10 * kSecond;
};

class Sampler {
 public:
  /// Throws SystemError.
  explicit Sampler(const SamplerSpec& spec);

  /// Readings of the first subject at two instants of CLOCK_MONOTONIC; its gate stays free.
  Stretch window(Nanoseconds start, Nanoseconds end);
  /// Shuts the gates: from now on a subject is served in its slices only.
  void shut();
  /// Two slices of each subject, half of `each` long, that the client does not measure: how fast
  /// they are decides how long slices are from then on.
  std::vector<Stretch> warm_up(Nanoseconds each);
  /// Alternates, in balanced random order, until each subject was measured for `each`. A single
  /// subject is measured in one slice.
  std::vector<Stretch> slices(Nanoseconds each);
  /// Ends the traffic.
  void over();
  /// Makes the calls above return early; from any thread.
  void stop() { stop_source_.request(); }

 private:
  template <typename Body>
  auto on_own_thread(Body body);

  Stretch slice(unsigned subject, Nanoseconds length, Gate gate);
  bool alternate(std::vector<Stretch>& done, Nanoseconds length, Gate gate, bool swapped);
  void await_round(const Stretch& stretch, double answered_before) const;
  void await_drained(Stretch& stretch);
  std::optional<Nanoseconds> idle_cpu(unsigned served);
  void note_pace(const Stretch& stretch);
  Nanoseconds slice_length(Nanoseconds each) const;
  bool sleep_until(Nanoseconds instant) const;

  const std::vector<int> cpus_;
  const std::uint64_t seed_;
  const Nanoseconds drain_timeout_;
  std::deque<Subject> subjects_;  // they cannot move
  /// How long each takes to answer every connection once; 0: unknown.
  std::array<double, 2> round_trip_{};
  bool failed_ = false;  // a slice did not drain: the next one would measure the rest of it
  StopSource stop_source_;
  const StopToken stop_ = stop_source_.token(stop_source_.fd());
};

}  // namespace c10k
