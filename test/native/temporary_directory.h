// A directory of one test, in memory where /dev/shm is; and limits that make calls on files fail.
#pragma once

#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/system_error.h"

namespace c10k::test {

using Names = std::vector<std::string>;

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    const char* parent = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : "/tmp";
    path_ = std::string(parent) + "/c10k-test-XXXXXX";
    if (::mkdtemp(path_.data()) == nullptr) throw SystemError(errno, "mkdtemp");
  }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string path(std::string_view name) const { return path_ + '/' + std::string(name); }

  void make(std::string_view name, std::string_view content = "") const {
    std::ofstream file(path(name), std::ios::binary);
    file << content;
  }
  std::string content(std::string_view name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// All of them, also hidden ones; sorted.
  Names names() const {
    Names all;
    for (const auto& entry : std::filesystem::directory_iterator(path_))
      all.push_back(entry.path().filename());
    std::ranges::sort(all);
    return all;
  }
  /// How many files in it are open, also those without a name.
  std::size_t open_files() const {
    std::size_t count = 0;
    for (const auto& fd : std::filesystem::directory_iterator("/proc/self/fd")) {
      std::error_code closed_meanwhile;
      const auto target = std::filesystem::read_symlink(fd, closed_meanwhile);
      if (target.native().starts_with(path_ + '/')) ++count;
    }
    return count;
  }

 private:
  std::string path_;
};

/// A resource limit of the process, for one scope.
class Limited {
 public:
  Limited(int resource, rlim_t most) : resource_(resource) {
    check(::getrlimit(kind(), &before_), "getrlimit");
    const rlimit limit{most, before_.rlim_max};
    check(::setrlimit(kind(), &limit), "setrlimit");
  }
  ~Limited() { ::setrlimit(kind(), &before_); }
  Limited(const Limited&) = delete;
  Limited& operator=(const Limited&) = delete;

 private:
  __rlimit_resource kind() const { return static_cast<__rlimit_resource>(resource_); }

  const int resource_;
  rlimit before_{};
};

/// Writing a file beyond this length fails with EFBIG.
class LimitedFiles {
 public:
  explicit LimitedFiles(rlim_t most) : limited_(RLIMIT_FSIZE, most) {}
  ~LimitedFiles() { std::signal(SIGXFSZ, before_); }

 private:
  void (*const before_)(int) = std::signal(SIGXFSZ, SIG_IGN);
  const Limited limited_;
};

/// No file can be opened.
class NoDescriptors {
 private:
  const Limited limited_{RLIMIT_NOFILE, 0};
};

}  // namespace c10k::test
