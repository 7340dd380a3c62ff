// Runs code in a child process, so that what it was given can be shown if it crashes.
#pragma once

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/mapping.h"
#include "base/memory_file.h"
#include "base/system_error.h"

namespace c10k::fuzz {

/// What a process is running, in memory that its parent can read.
class Current {
 public:
  void begin(std::uint64_t seed) {
    state().seed = seed;
    state().length = 0;
  }
  void note(std::string_view input) {
    state().length = input.size();
    std::memcpy(state().input, input.data(), std::min(input.size(), kMost));
  }
  std::uint64_t seed() const { return state().seed; }
  std::size_t length() const { return state().length; }
  /// Its start, if it is long.
  std::string_view input() const { return {state().input, std::min(state().length, kMost)}; }

 private:
  static constexpr std::size_t kMost = 1000;
  struct State {
    std::uint64_t seed;
    std::size_t length;
    char input[kMost];
  };

  State& state() const { return *memory_.at<State>(0); }

  const UniqueFd file_ = memory_file("fuzz", sizeof(State));
  const Mapping memory_{sizeof(State), file_.get()};
};

inline volatile pid_t fuzzing = 0;

/// Returns the exit status as wait(2) gives it. The child ends with this process.
template <typename Run>
int in_child(Run run) {
  std::fflush(stdout);
  const pid_t child = check(::fork(), "fork");
  if (child == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    std::exit(run());
  }
  // A signal ends the child alone, also one that hangs, and its input is shown.
  fuzzing = child;
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGTERM, [](int) { ::kill(fuzzing, SIGKILL); });
  int status = 0;
  check(::waitpid(child, &status, 0), "waitpid");
  return status;
}

}  // namespace c10k::fuzz
