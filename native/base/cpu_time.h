// CPU time of other processes: clock_getcpuclockid(3), cgroups(7).
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/unique_fd.h"

namespace c10k {

/// The processes whose CPU time is read.
struct CpuSource {
  std::vector<pid_t> pids;
  /// The cpu.stat of a control group that counts all of them, including ended ones. Empty: no
  /// group; the clocks of the processes are summed.
  std::string stat_file;
};

class CpuReader {
 public:
  /// Throws SystemError if the control group's file can't be opened.
  explicit CpuReader(CpuSource source);

  /// CPU time used so far. None if the source is empty, the control group was removed, or a process
  /// ended that no control group counts.
  std::optional<Nanoseconds> read() const;

 private:
  std::optional<Nanoseconds> read_group() const;

  const CpuSource source_;
  const UniqueFd stat_;
  /// The group's current members: processes may have started since the source was created.
  const UniqueFd members_;
};

}  // namespace c10k
