// The signals of a forking server: sigaction(2), prctl(2).
#pragma once

#include <sys/types.h>

#include "base/clock.h"

namespace c10k {

/// Asks the server to stop. Not SIGINT or SIGTERM, which reach the whole process group, as with
/// Ctrl-C.
int stop_signal();

/// Installs the handlers. `on_child_end` is called for SIGCHLD, which is blocked outside of
/// ChildSignals. A stop request shuts `listener` down.
void handle_signals(int listener, void (*on_child_end)());

/// In a new child: a stop request shuts its `socket` down.
void handle_signals_of_child(int socket);

bool stop_requested();

/// This process is killed when its parent ends. False if `parent` has already ended.
bool end_with_parent(pid_t parent);

/// While it exists, SIGCHLD is handled. It interrupts system calls, which return EINTR.
class ChildSignals {
 public:
  ChildSignals();
  ~ChildSignals();
  ChildSignals(const ChildSignals&) = delete;
  ChildSignals& operator=(const ChildSignals&) = delete;

  /// Waits for a signal, at most this long.
  static void wait(Nanoseconds at_most);
};

}  // namespace c10k
