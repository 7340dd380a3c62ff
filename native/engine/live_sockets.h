// The sockets on which threads are blocked. Another thread with the same descriptor table unblocks
// them with shutdown(2).
#pragma once

#include <sys/socket.h>

#include <mutex>
#include <unordered_set>

namespace c10k {

/// A socket is in the set from add() until remove(), which must precede its close(), so that a
/// reused descriptor number is never shut down.
class LiveSockets {
 public:
  /// False if the set was already shut down.
  bool add(int fd) {
    std::lock_guard lock(mutex_);
    if (shut_down_) return false;
    sockets_.insert(fd);
    return true;
  }
  void remove(int fd) {
    std::lock_guard lock(mutex_);
    sockets_.erase(fd);
  }
  void shut_down() {
    std::lock_guard lock(mutex_);
    shut_down_ = true;
    for (int fd : sockets_) ::shutdown(fd, SHUT_RDWR);
  }

 private:
  std::mutex mutex_;
  std::unordered_set<int> sockets_;
  bool shut_down_ = false;
};

}  // namespace c10k
