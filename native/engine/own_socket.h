// The socket on which one thread is blocked. A signal to that thread unblocks it: shutdown(2),
// pthread_sigqueue(3).
#pragma once

#include <pthread.h>
#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>

namespace c10k {

/// For a thread with a private descriptor table: no other thread has a descriptor of its socket, so
/// the signal handler calls shutdown(). Same interface as LiveSockets.
class OwnSocket {
 public:
  OwnSocket() { install_handler(); }

  /// While it exists, shut_down() signals the thread that created it.
  class Owner {
   public:
    explicit Owner(OwnSocket& socket) : socket_(socket) { socket_.set_owned(true); }
    ~Owner() { socket_.set_owned(false); }
    Owner(const Owner&) = delete;
    Owner& operator=(const Owner&) = delete;

   private:
    OwnSocket& socket_;
  };

  // A signal between the two lines finds the socket; a signal before them has already set the flag.
  bool add(int fd) {
    socket_.store(fd);
    return !shut_down_.load();
  }
  void remove(int) { socket_.store(-1); }
  void shut_down() {
    std::lock_guard lock(mutex_);
    shut_down_.store(true);
    sigval value{};
    value.sival_ptr = this;
    if (owned_) ::pthread_sigqueue(thread_, signal_number(), value);
  }

 private:
  static int signal_number() { return SIGRTMIN + 7; }

  // Without SA_RESTART, so that the handler interrupts any blocking call.
  static void install_handler() {
    struct sigaction action {};
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO;
    ::sigaction(signal_number(), &action, nullptr);
  }

  static void on_signal(int, siginfo_t* info, void*) {
    if (info->si_code != SI_QUEUE) return;
    const int saved = errno;
    const int fd = static_cast<OwnSocket*>(info->si_value.sival_ptr)->socket_.load();
    if (fd >= 0) ::shutdown(fd, SHUT_RDWR);
    errno = saved;
  }

  void set_owned(bool owned) {
    std::lock_guard lock(mutex_);
    thread_ = ::pthread_self();
    owned_ = owned;
  }

  std::atomic<int> socket_{-1};
  std::atomic<bool> shut_down_{false};
  std::mutex mutex_;
  pthread_t thread_{};
  bool owned_ = false;
};

}  // namespace c10k
