// CPU time of other processes, read from outside: clock_getcpuclockid(3), cgroups(7).
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/unique_fd.h"

namespace c10k {

/// Whose CPU time is meant.
struct CpuSource {
  std::vector<pid_t> pids;
  /// The cpu.stat of a control group that counts all of them, those that have ended included;
  /// empty: there is none, and the processes' own clocks are added up.
  std::string stat_file;
};

class CpuReader {
 public:
  /// Throws SystemError if the control group's file can't be opened.
  explicit CpuReader(CpuSource source);

  /// What was used so far; none for an empty source, when the control group is gone, or when a
  /// process has ended that no control group accounts for.
  std::optional<Nanoseconds> read() const;

 private:
  std::optional<Nanoseconds> read_group() const;

  const CpuSource source_;
  const UniqueFd stat_;
  /// The group's members at each moment: processes may have come since the source was named.
  const UniqueFd members_;
};

}  // namespace c10k
