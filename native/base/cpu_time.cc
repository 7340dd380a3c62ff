#include "base/cpu_time.h"

#include <fcntl.h>
#include <unistd.h>

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

/// The cgroup.procs next to a group's cpu.stat; invalid if there is none.
UniqueFd open_members(const std::string& stat_file) {
  const std::size_t folder = stat_file.rfind('/');
  if (folder == std::string::npos) return {};
  const std::string path = stat_file.substr(0, folder) + "/cgroup.procs";
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  return fd < 0 ? UniqueFd() : UniqueFd(fd);
}

/// The value of the line `usage_usec N` in cpu.stat.
std::optional<Nanoseconds> usage_in(std::string_view stat) {
  constexpr std::string_view key = "usage_usec ";
  const std::size_t at = stat.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  Nanoseconds microseconds = 0;
  std::from_chars(stat.data() + at + key.size(), stat.data() + stat.size(), microseconds);
  return microseconds * 1000;
}

/// None for a process that has ended.
std::optional<Nanoseconds> clock_of(pid_t pid) {
  clockid_t clock;
  timespec used;
  // It may end between the two calls.
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &used) != 0)
    return std::nullopt;
  return used.tv_sec * kSecond + used.tv_nsec;
}

/// Calls `each` with every process ID of a file with one ID per line; false if it can't be read.
template <class Each>
bool for_each_pid(const UniqueFd& list, Each each) {
  if (!list || ::lseek(list.get(), 0, SEEK_SET) < 0) return false;
  std::array<char, 4096> text;
  pid_t pid = 0;
  ssize_t size;
  while ((size = ::read(list.get(), text.data(), text.size())) > 0)
    for (const char character : std::string_view(text.data(), static_cast<std::size_t>(size))) {
      if (character != '\n') {
        pid = pid * 10 + (character - '0');
        continue;
      }
      // A process of another PID namespace is listed as 0, which clock_getcpuclockid() takes as the
      // calling process.
      if (pid > 0) each(pid);
      pid = 0;
    }
  return true;
}

}  // namespace

CpuReader::CpuReader(CpuSource source)
    : source_(std::move(source)),
      stat_(open_stat(source_.stat_file)),
      members_(open_members(source_.stat_file)) {}

std::optional<Nanoseconds> CpuReader::read() const {
  if (stat_) return read_group();
  if (source_.pids.empty()) return std::nullopt;
  Nanoseconds used = 0;
  for (const pid_t pid : source_.pids) {
    const std::optional<Nanoseconds> own = clock_of(pid);
    if (!own) return std::nullopt;
    used += *own;
  }
  return used;
}

std::optional<Nanoseconds> CpuReader::read_group() const {
  // Reading a running process's clock also updates its group's cpu.stat, which otherwise lags by up
  // to one timer tick.
  if (!for_each_pid(members_, clock_of))
    for (const pid_t pid : source_.pids) clock_of(pid);
  std::array<char, 512> text;
  const ssize_t size = ::pread(stat_.get(), text.data(), text.size(), 0);
  if (size <= 0) return std::nullopt;
  return usage_in({text.data(), static_cast<std::size_t>(size)});
}

}  // namespace c10k
