// Measures one server in a continuous window, or two in alternating slices. See
// docs/methodology.md, "Sliced trials".
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <vector>

#include "base/stop.h"
#include "measure/subject.h"

namespace c10k {

/// A period of traffic between two readings.
struct Stretch {
  /// The index of the measured subject.
  unsigned subject = 0;
  /// When its traffic began; measurement starts one round trip of all connections later.
  Nanoseconds opened = 0;
  Reading from;
  Reading to;
  /// CPU time that the other, idle server used meanwhile.
  std::optional<Nanoseconds> idle_cpu;
  /// Connections served.
  unsigned connections = 0;
  /// Whether all requests were answered after the gate was shut, and when.
  bool drained = true;
  Nanoseconds drained_at = 0;
};

struct SamplerSpec {
  std::vector<SubjectSpec> subjects;
  /// The CPUs on which the sampling thread may run.
  std::vector<int> cpus;
  std::uint64_t seed = 1;
  /// Time limit for outstanding answers after the end of a slice.
  Nanoseconds drain_timeout = 10 * kSecond;
};

class Sampler {
 public:
  /// Throws SystemError.
  explicit Sampler(const SamplerSpec& spec);

  /// Reads the first subject at two times on CLOCK_MONOTONIC; its gate stays free.
  Stretch window(Nanoseconds start, Nanoseconds end);
  /// Shuts the gates: from now on a subject has traffic only during its slices.
  void shut();
  /// Runs two slices of each subject, each half of `each` long, that the client does not measure.
  /// Their round-trip time determines the length of later slices.
  std::vector<Stretch> warm_up(Nanoseconds each);
  /// Alternates the subjects, in balanced random order, until each was measured for `each`. A
  /// single subject is measured in one slice.
  std::vector<Stretch> slices(Nanoseconds each);
  /// Ends the traffic.
  void over();
  /// Makes the calls above return early; callable from any thread.
  void stop() { stop_source_.request(); }

 private:
  template <typename Body>
  auto on_own_thread(Body body);

  Stretch slice(unsigned subject, Nanoseconds length, Gate gate);
  bool alternate(std::vector<Stretch>& done, Nanoseconds length, Gate gate, bool swapped);
  void await_round(const Stretch& stretch, double turns_before) const;
  void await_drained(Stretch& stretch);
  std::optional<Nanoseconds> idle_cpu(unsigned served);
  void note_pace(const Stretch& stretch);
  Nanoseconds slice_length(Nanoseconds each) const;
  bool sleep_until(Nanoseconds instant) const;

  const std::vector<int> cpus_;
  const std::uint64_t seed_;
  const Nanoseconds drain_timeout_;
  std::deque<Subject> subjects_;  // a deque: Subject is not movable
  /// Time in which each subject gives every connection a turn; 0: unknown.
  std::array<double, 2> round_trip_{};
  bool failed_ =
      false;  // a slice did not drain: its outstanding requests would be measured in the next one
  StopSource stop_source_;
  const StopToken stop_ = stop_source_.token(stop_source_.fd());
};

}  // namespace c10k
