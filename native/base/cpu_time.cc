#include "base/cpu_time.h"

#include <fcntl.h>

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "base/system_error.h"

namespace c10k {
namespace {

UniqueFd open_stat(const std::string& path) {
  if (path.empty()) return {};
  return UniqueFd(check(::open(path.c_str(), O_RDONLY | O_CLOEXEC), "open"));
}

/// `usage_usec N` is the first line of cpu.stat.
std::optional<Nanoseconds> usage_in(std::string_view stat) {
  constexpr std::string_view key = "usage_usec ";
  const std::size_t at = stat.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  Nanoseconds microseconds = 0;
  std::from_chars(stat.data() + at + key.size(), stat.data() + stat.size(), microseconds);
  return microseconds * 1000;
}

}  // namespace

CpuReader::CpuReader(CpuSource source)
    : source_(std::move(source)), stat_(open_stat(source_.stat_file)) {}

std::optional<Nanoseconds> CpuReader::read() const {
  // Reading a running process's clock also brings its control group's account up to date, which
  // otherwise lags by up to a timer tick.
  if (source_.pids.empty() && !stat_) return std::nullopt;
  Nanoseconds used = 0;
  for (const pid_t pid : source_.pids) {
    clockid_t clock;
    if (::clock_getcpuclockid(pid, &clock) == 0) used += read_clock(clock);
  }
  if (!stat_) return used;
  std::array<char, 512> text;
  const ssize_t size = ::pread(stat_.get(), text.data(), text.size(), 0);
  if (size <= 0) return std::nullopt;
  return usage_in({text.data(), static_cast<std::size_t>(size)});
}

}  // namespace c10k
