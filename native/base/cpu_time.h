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
  /// A control group's cpu.stat that accounts for all of them, those that have ended included;
  /// empty: there is none, and the processes' own clocks are added up.
  std::string stat_file;
};

class CpuReader {
 public:
  /// Throws SystemError if the control group's file can't be opened.
  explicit CpuReader(CpuSource source);

  /// What was used so far; none for an empty source, or when the control group is gone. A process
  /// that has ended counts as 0 where no control group accounts for it.
  std::optional<Nanoseconds> read() const;

 private:
  const CpuSource source_;
  const UniqueFd stat_;
};

}  // namespace c10k
